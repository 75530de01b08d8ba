namespace ReplicatedBook.Consensus;

/// <summary>One change of the membership; each touches one member (Ongaro 2014, 4.1).</summary>
public abstract record MembershipChange
{
    private MembershipChange()
    {
    }

    /// <summary><see cref="Membership.Fingerprint"/> of the membership that is to be changed: of another the change is
    /// refused. 0 for whichever it is.</summary>
    public ulong IfFingerprint { get; init; }

    /// <summary>Adds a member that receives the log and has no vote.</summary>
    /// <param name="Id">Its name; of no present member.</param>
    /// <param name="Contact">How others reach it.</param>
    public sealed record AddLearner(NodeId Id, string Contact) : MembershipChange;

    /// <summary>Gives a learner that is caught up its vote.</summary>
    /// <param name="Id">The learner.</param>
    public sealed record Promote(NodeId Id) : MembershipChange;

    /// <summary>Removes a member, the leader itself too.</summary>
    /// <param name="Id">The member.</param>
    public sealed record Remove(NodeId Id) : MembershipChange;

    /// <summary>Says where a member is reached from now on.</summary>
    /// <param name="Id">The member.</param>
    /// <param name="Contact">Its new contact.</param>
    public sealed record UpdateContact(NodeId Id, string Contact) : MembershipChange;
}
