namespace ReplicatedBook.Node.Api.InProcess;

/// <summary>On a request that a connection of this node makes in process; nobody else can set it.</summary>
/// <param name="OrderSession">The session that orders placed by it belong to; 0 for none.</param>
/// <param name="IsPatient">Whether its command waits for its turn as long as it takes.</param>
internal sealed record InPipeline(long OrderSession, bool IsPatient);
