using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>An accepted command.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Receipt">Where it stands in the log.</param>
internal readonly record struct Written(CommandOutcome Outcome, Receipt Receipt);
