using ReplicatedBook.Consensus;

namespace ReplicatedBook.Node.Peers;

/// <summary>Where a peer listens for peers.</summary>
/// <param name="Node">The peer.</param>
/// <param name="Host">Name or address.</param>
/// <param name="Port">1 to 65535.</param>
public sealed record PeerAddress(NodeId Node, string Host, int Port);
