using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Matching;
using ReplicatedBook.Replication;
using ReplicatedBook.Simulation.Engine;

namespace ReplicatedBook.Simulation.Nodes;

/// <content>Machines that come and go, and programs that are replaced by newer ones.</content>
internal sealed partial class SimulatedNode
{
    private readonly SortedDictionary<long, Action<MembershipOutcome>> _changes = [];
    private ReplicaOutput _turnOutput = new();

    /// <summary>Whether the machine is there: from the start, or since it joined.</summary>
    public bool IsInstalled { get; private set; }

    /// <summary>Whether it has ever run, so that there is a <see cref="Replica"/> to look at.</summary>
    public bool HasStarted => Replica is not null;

    /// <summary>Whether its disk is gone for good.</summary>
    public bool IsLost { get; set; }

    /// <summary>Highest feature level of the program that is installed.</summary>
    public int SupportedLevel { get; private set; } = FeatureLevels.Supported;

    /// <summary>Puts the machine there and starts it: a founder with the founders' names, any other to be told who is a
    /// member. Who joins later, or again, has the newest program.</summary>
    public void Install()
    {
        if (_world.Scheduler.Now > 0 && HasStarted)
        {
            Upgrade();
        }

        IsInstalled = true;
        Restart();
    }

    /// <summary>Puts the newest program there; stops the one that runs.</summary>
    /// <returns>Whether there was an older one.</returns>
    public bool Upgrade()
    {
        if (SupportedLevel == FeatureLevels.Supported)
        {
            return false;
        }

        _world.Counters.Count(Sometimes.ProgramsUpgraded);
        Stop(losesPower: false);
        SupportedLevel = FeatureLevels.Supported;
        return true;
    }

    /// <summary>Memberships that this node put into its log in the turn that it takes.</summary>
    public IEnumerable<Membership> MembershipsOfTurn => _turnOutput.Persist.SelectMany(batch => batch.Entries)
        .Where(entry => entry.Kind == EntryKind.Configuration)
        .Select(entry => Membership.Read(entry.Payload.Span)!);

    /// <summary>An operator asks this node to change the membership; never answered when it stops before.</summary>
    public void ChangeMembership(MembershipChange change, Action<MembershipOutcome> answer) => Input(replica =>
    {
        var request = ++_requests;
        _changes.Add(request, answer);
        replica.ChangeMembership(request, change);
    });

    /// <summary>A connection to a peer was reset.</summary>
    public void LosePeer(NodeId peer) => Input(replica => replica.PeerLost(peer));
}
