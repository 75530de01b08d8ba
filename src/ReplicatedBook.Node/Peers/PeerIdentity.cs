using ReplicatedBook.Consensus;

namespace ReplicatedBook.Node.Peers;

/// <summary>Who this node is to its peers.</summary>
/// <param name="ClusterId">Its cluster.</param>
/// <param name="Self">Its name.</param>
internal sealed record PeerIdentity(string ClusterId, NodeId Self);
