namespace ReplicatedBook.Consensus.Tests.Harness;

/// <summary>How often what is rare has happened, so that a test can require that it has.</summary>
internal sealed class RandomRunTally
{
    public int Added { get; private set; }

    public int Promoted { get; private set; }

    public int Removed { get; private set; }

    public int RemovedLeaders { get; private set; }

    public int Damaged { get; set; }

    public void Note(MembershipChange change, bool isOfLeader)
    {
        Added += change is MembershipChange.AddLearner ? 1 : 0;
        Promoted += change is MembershipChange.Promote ? 1 : 0;
        Removed += change is MembershipChange.Remove ? 1 : 0;
        RemovedLeaders += change is MembershipChange.Remove && isOfLeader ? 1 : 0;
    }

    public void Add(RandomRunTally other)
    {
        Added += other.Added;
        Promoted += other.Promoted;
        Removed += other.Removed;
        RemovedLeaders += other.RemovedLeaders;
        Damaged += other.Damaged;
    }
}
