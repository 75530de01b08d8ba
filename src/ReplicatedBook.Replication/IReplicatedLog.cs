using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication;

/// <summary>All that the rest of the node knows of consensus: one order of commands, the same on every
/// replica.</summary>
/// <remarks>Safe from any thread.</remarks>
public interface IReplicatedLog
{
    /// <summary>Role, term, leader, commit index and applied index at this moment.</summary>
    ReplicaStatus Status { get; }

    /// <summary>Proposes a command and answers once it is committed and applied here.</summary>
    /// <param name="command">Bytes as CommandCodec writes them, without time: the leader stamps it. Not to be changed
    /// until the call is answered.</param>
    /// <param name="wait">How far to wait.</param>
    /// <param name="cancellation">Gives the wait up.</param>
    /// <returns>What became of it; <see cref="ProposalOutcome.Unknown"/> when it may yet be applied.</returns>
    /// <exception cref="OperationCanceledException">The wait was given up; the command may still be
    /// applied.</exception>
    ValueTask<Proposal> ProposeAsync(ReadOnlyMemory<byte> command, ProposalWait wait, CancellationToken cancellation);

    /// <summary>Has proposals that begin on this thread while an action runs go into the log together, with one
    /// write, instead of each with its own.</summary>
    /// <param name="propose">Begins them and does not wait for them; short, for they wait for its end.</param>
    void ProposeTogether(Action propose);

    /// <summary>Waits until all that was committed when the call was made is applied here (Ongaro 2014, 6.4).</summary>
    /// <returns>The applied index at which a strong read may be served; none where no quorum answered.</returns>
    ValueTask<long?> ReadBarrierAsync(CancellationToken cancellation);

    /// <summary>Hands leadership to a voter, or to the one that is furthest along.</summary>
    /// <returns>Whether another node leads now; false when this node does not lead or the hand-over was given
    /// up.</returns>
    ValueTask<bool> TransferLeadershipAsync(NodeId? target, CancellationToken cancellation);

    /// <summary>Adds, promotes or removes one member, or says where it is reached; on the leader only. Removing the
    /// leader itself hands the lead over.</summary>
    /// <param name="change">What to change; one at a time.</param>
    /// <param name="cancellation">Gives the wait up.</param>
    /// <returns>Done with the entry's index once it is committed and applied here; Refused, with the reason, when it is
    /// surely not in force; Unknown when this node lost the lead before it knew: look at
    /// <see cref="ReplicaStatus.Members"/> of the new leader, and ask again.</returns>
    /// <exception cref="OperationCanceledException">The wait was given up; the change may still come into
    /// force.</exception>
    ValueTask<MembershipOutcome> ChangeMembershipAsync(MembershipChange change, CancellationToken cancellation);
}

/// <summary>How far a proposer waits.</summary>
public enum ProposalWait : byte
{
    /// <summary>Until it is committed and applied.</summary>
    Applied = 0,

    /// <summary>Until the leader has put it in its log; promises no durability.</summary>
    Appended = 1,
}
