namespace ReplicatedBook.Consensus;

/// <summary>One member of the cluster.</summary>
/// <param name="Id">Its name.</param>
/// <param name="IsVoter">Whether it counts for commits and elections; else it is a learner, which only receives the log
/// (Ongaro 2014, 4.2.1).</param>
/// <param name="Contact">How others reach it; up to <see cref="Membership.MaxContactLength"/> printable ASCII
/// characters, which mean nothing to consensus. May be empty.</param>
public readonly record struct Member(NodeId Id, bool IsVoter, string Contact) : IComparable<Member>
{
    /// <summary>Order of the names.</summary>
    public int CompareTo(Member other) => Id.CompareTo(other.Id);
}
