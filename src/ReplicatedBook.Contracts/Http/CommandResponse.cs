using System.Text.Json;

namespace ReplicatedBook.Contracts.Http;

/// <summary>What became of a command.</summary>
/// <param name="State">queued, committed, rejected, unknown or not_found.</param>
/// <param name="Receipt">Where it stands in the log; only when committed or rejected.</param>
/// <param name="Result">The body of its first answer, or the problem; only where it was sent with a key that is still
/// kept.</param>
public sealed record CommandResponse(string State, Receipt? Receipt, JsonElement? Result);
