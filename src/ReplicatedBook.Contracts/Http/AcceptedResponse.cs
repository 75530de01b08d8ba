namespace ReplicatedBook.Contracts.Http;

/// <summary>Answer with wait=accepted: the leader has queued the command and promises nothing more.</summary>
/// <param name="CommandId">For GET /v1/commands/{command_id}.</param>
public sealed record AcceptedResponse(string CommandId);
