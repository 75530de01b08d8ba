using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Consensus.Tests.Harness;

/// <summary>One run of a cluster, all of whose faults are drawn from a seed.</summary>
internal sealed class RandomRun
{
    private const int MinVoters = 3;
    private const int FaultTicks = 400;
    private const int Spares = 2; // Nodes that belong to nothing until they are added.

    private readonly Random _chance;
    private readonly TestNode[] _nodes;
    private readonly SafetyCheck _safety;
    private readonly List<(int Due, RaftMessage Message)> _network = [];
    private readonly Dictionary<long, long> _readFloors = []; // What was committed anywhere when a read was asked.
    private readonly int[] _readsSeen;
    private readonly double _loss;
    private readonly int _maxDelay;
    private int _now;
    private long _nextRequest;

    public RandomRun(int seed, int size)
    {
        _chance = new Random(seed);
        var ids = TestCluster.Ids(size);
        var bootstrap = Membership.OfVoters(ids);
        _nodes = [.. TestCluster.Ids(size + Spares).Select((id, i) => new TestNode(
            TestCluster.Config(id, (ulong)((seed * 100) + i)) with
            {
                MaxEntriesPerAppend = 1 + _chance.Next(5),
                MaxInflightAppends = 1 + _chance.Next(4),
            },
            i < size ? bootstrap : Membership.Empty,
            wholeness: i < size && seed % 2 == 0 ? Wholeness.Whole : Wholeness.New))];
        _safety = new SafetyCheck(_nodes);
        _readsSeen = new int[size + Spares];
        _loss = _chance.Next(4) * 0.07;
        _maxDelay = 1 + _chance.Next(8);
        foreach (var node in _nodes)
        {
            node.IsDiskFast = false;
            node.AfterStep = After;
        }
    }

    /// <summary>Folds every delivered message together.</summary>
    public ulong Trace { get; private set; }

    public long CommittedUnderFaults { get; private set; }

    /// <summary>What happened, so that a test can require that it does.</summary>
    public RandomRunTally Tally { get; } = new();

    public void Run()
    {
        for (; _now < FaultTicks; _now++)
        {
            RunTick(isFaulty: true);
            if (_now % 20 == 0)
            {
                _safety.RequireLogMatching();
            }
        }

        CommittedUnderFaults = _safety.CommittedIndex;
        foreach (var node in _nodes.Where(node => !node.IsRunning))
        {
            Restart(node);
        }

        RequireProgress();
    }

    /// <summary>Those that the node with the longest commit takes for members.</summary>
    private IEnumerable<TestNode> Members
    {
        get
        {
            var membership = _nodes.MaxBy(node => node.Raft.CommitIndex)!.Raft.Membership;
            return _nodes.Where(node => membership.Find(node.Id) is not null);
        }
    }

    private void RequireProgress()
    {
        var end = _now + 1_500;
        var target = long.MaxValue;
        for (; _now < end && !Members.All(node => node.Raft.CommitIndex >= target); _now++)
        {
            RunTick(isFaulty: false);
            var leader = Array.Find(_nodes, node => node.Raft.Role == Role.Leader && node.Raft.HasCommittedInTerm);
            if (leader is not null && (target == long.MaxValue || leader.Raft.Log.LastIndex < target))
            {
                var index = leader.Propose("after the faults");
                target = index > 0 ? index : target;
            }
        }

        Assert.True(Members.All(node => node.Raft.CommitIndex >= target), "no progress after the faults ended: "
            + string.Join("; ", _nodes.Select(node => node.ToString())));
        Assert.All(_nodes, node => Assert.Equal(0, node.Raft.IgnoredMessages));
        _safety.RequireLogMatching();
    }

    private void RunTick(bool isFaulty)
    {
        foreach (var node in _nodes.Where(node => node.IsRunning))
        {
            if (!isFaulty || _chance.Next(20) > 0)
            {
                node.Tick(); // Clocks run at different speeds.
            }

            FinishWrites(node, isFaulty);
        }

        if (isFaulty)
        {
            Act();
        }

        foreach (var node in _nodes)
        {
            Carry(node, isFaulty);
        }

        Deliver();
    }

    private void FinishWrites(TestNode node, bool isFaulty)
    {
        while (node.PendingWrites > 0 && (!isFaulty || _chance.Next(3) > 0))
        {
            node.FinishWrite();
        }
    }

    private void Act()
    {
        var node = _nodes[_chance.Next(_nodes.Length)];
        if (!node.IsRunning)
        {
            if (_chance.Next(10) == 0)
            {
                DamageSometimes(node);
                Restart(node);
            }

            return;
        }

        switch (_chance.Next(50))
        {
            case 0 when _nodes.Count(other => !other.IsRunning) < 1 + (_nodes.Length / 4): node.Crash(); break;
            case 1: node.TakeSnapshot(keep: _chance.Next(5)); break;
            case 2: node.Step(new RaftInput.TransferLeadership(null)); break;
            case < 12:
                _readFloors[++_nextRequest] = _safety.CommittedIndex;
                node.Read(_nextRequest);
                break;
            case < 20: ChangeMembership(node); break;
            case < 22 when node.Raft.Leader is { } leader: node.Step(new RaftInput.PeerUnreachable(leader)); break;
            default: node.Propose($"command {_now}"); break;
        }
    }

    private void ChangeMembership(TestNode node)
    {
        var other = _nodes[_chance.Next(_nodes.Length)].Id;
        if (node.Raft.Membership.IsVoter(other) && node.Raft.Membership.VoterCount <= MinVoters)
        {
            return; // Of two voters none may lose anything.
        }

        MembershipChange change = node.Raft.Membership.Find(other) switch
        {
            null => new MembershipChange.AddLearner(other, $"at {other}"),
            { IsVoter: false } when _chance.Next(4) > 0 => new MembershipChange.Promote(other),
            _ => new MembershipChange.Remove(other),
        };
        if (node.Change(change) > 0)
        {
            Tally.Note(change, isOfLeader: other == node.Id);
        }
    }

    /// <summary>One disk at a time: what two have lost nobody may have.</summary>
    private void DamageSometimes(TestNode node)
    {
        var (first, last) = (node.Disk.Snapshot.Index + 1, node.Disk.LastIndex);
        if (first <= last && _nodes.All(other => other == node || !IsVoterInDoubt(other)))
        {
            node.Disk.Damage(_chance.NextInt64(first, last + 1));
            Tally.Damaged++;
        }
    }

    private bool IsVoterInDoubt(TestNode node) =>
        node.IsInDoubt && _nodes.Any(other => other.Raft.Membership.IsVoter(node.Id));

    private void Restart(TestNode node)
    {
        node.Restart();
        _safety.Restarted(node);
    }

    private void Carry(TestNode node, bool isFaulty)
    {
        foreach (var message in node.Outbox)
        {
            if (isFaulty && _chance.NextDouble() < _loss)
            {
                continue;
            }

            var copies = isFaulty && _chance.Next(20) == 0 ? 2 : 1;
            for (var i = 0; i < copies; i++)
            {
                _network.Add((_now + (isFaulty ? _chance.Next(_maxDelay) : 1), message));
            }
        }

        node.Outbox.Clear();
    }

    private void Deliver()
    {
        var due = _network.FindAll(item => item.Due <= _now);
        _network.RemoveAll(item => item.Due <= _now);
        foreach (var (_, message) in due)
        {
            var receiver = Array.Find(_nodes, node => node.Id == message.To)!;
            if (receiver.IsRunning)
            {
                foreach (var letter in message.ToString())
                {
                    Trace = (Trace ^ letter) * 1_099_511_628_211;
                }

                receiver.Receive(message);
            }
        }
    }

    /// <summary>A strong read is never behind what was committed anywhere when it was asked.</summary>
    private void After(TestNode node)
    {
        _safety.After(node);
        var position = Array.IndexOf(_nodes, node);
        for (; _readsSeen[position] < node.Reads.Count; _readsSeen[position]++)
        {
            var read = node.Reads[_readsSeen[position]];
            Assert.True(read.Index == -1 || read.Index >= _readFloors[read.RequestId], "a strong read was stale");
        }
    }
}
