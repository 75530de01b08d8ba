namespace ReplicatedBook.Consensus.Messages;

/// <summary>What nodes say to one another; immutable.</summary>
/// <param name="From">The sender.</param>
/// <param name="To">The receiver.</param>
/// <param name="Term">The sender's term; for a pre-vote request the term it would campaign in.</param>
public abstract record RaftMessage(NodeId From, NodeId To, long Term);
