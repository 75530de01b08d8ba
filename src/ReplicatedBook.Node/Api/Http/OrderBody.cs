using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>An order as it was asked for.</summary>
/// <param name="Command">The order.</param>
/// <param name="Terms">What it trades.</param>
internal sealed record OrderBody(PlaceOrder Command, InstrumentTerms Terms);
