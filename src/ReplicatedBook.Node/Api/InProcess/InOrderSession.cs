namespace ReplicatedBook.Node.Api.InProcess;

/// <summary>On a request: the session that orders placed by it belong to. Only a connection of this node can set
/// it.</summary>
/// <param name="Number">Above 0.</param>
internal sealed record InOrderSession(long Number);
