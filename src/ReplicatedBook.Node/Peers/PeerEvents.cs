using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Node.Peers;

/// <summary>What links tell the replica; called on any thread, must not wait.</summary>
/// <param name="Received">A message of a peer came back over the link to it.</param>
/// <param name="Lost">An established connection to a peer has ended from its side.</param>
internal sealed record PeerEvents(Action<RaftMessage> Received, Action<NodeId> Lost);
