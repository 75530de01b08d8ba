using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Replication;

/// <summary>What a replica tells every other member about its state, about twice a second; consensus knows nothing of
/// it.</summary>
/// <param name="From">The sender.</param>
/// <param name="To">The receiver.</param>
/// <param name="Term">The sender's term.</param>
/// <param name="AppliedIndex">Last entry it has applied.</param>
/// <param name="Digest">Its running digest there; never changes for an index.</param>
/// <param name="StateHashIndex">Last index at which it has hashed its whole state; 0 before the first.</param>
/// <param name="StateHash">That hash.</param>
/// <param name="SupportedLevel">Highest feature level its build carries out.</param>
public sealed record AgreementReport(
    NodeId From, NodeId To, long Term, long AppliedIndex, Digest Digest, long StateHashIndex, Digest StateHash,
    int SupportedLevel) : RaftMessage(From, To, Term);
