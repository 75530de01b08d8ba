using ReplicatedBook.Consensus;

namespace ReplicatedBook.Node.Peers;

/// <summary>Who this node is to its peers.</summary>
/// <param name="ClusterId">Its cluster.</param>
/// <param name="Self">Its name.</param>
/// <param name="Members">All members, this node included.</param>
internal sealed record PeerIdentity(string ClusterId, NodeId Self, IReadOnlyList<NodeId> Members);
