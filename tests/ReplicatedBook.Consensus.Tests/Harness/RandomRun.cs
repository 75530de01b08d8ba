using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Consensus.Tests.Harness;

/// <summary>One run of a cluster, all of whose faults are drawn from a seed.</summary>
internal sealed class RandomRun
{
    private const int FaultTicks = 400;

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
        _nodes = [.. ids.Select((id, i) => new TestNode(TestCluster.Config(id, ids, (ulong)((seed * 100) + i)) with
        {
            MaxEntriesPerAppend = 1 + _chance.Next(5),
            MaxInflightAppends = 1 + _chance.Next(4),
        }))];
        _safety = new SafetyCheck(_nodes);
        _readsSeen = new int[size];
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

    private void RequireProgress()
    {
        var end = _now + 1_500;
        var target = long.MaxValue;
        for (; _now < end && !_nodes.All(node => node.Raft.CommitIndex >= target); _now++)
        {
            RunTick(isFaulty: false);
            var leader = Array.Find(_nodes, node => node.Raft.Role == Role.Leader && node.Raft.HasCommittedInTerm);
            if (leader is not null && target == long.MaxValue)
            {
                var index = leader.Propose("after the faults");
                target = index > 0 ? index : target;
            }
        }

        Assert.True(_nodes.All(node => node.Raft.CommitIndex >= target), "no progress after the faults ended");
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
                Restart(node);
            }

            return;
        }

        switch (_chance.Next(40))
        {
            case 0 when _nodes.Count(other => !other.IsRunning) < 1 + (_nodes.Length / 4): node.Crash(); break;
            case 1: node.TakeSnapshot(keep: _chance.Next(5)); break;
            case 2: node.Step(new RaftInput.TransferLeadership(null)); break;
            case < 12:
                _readFloors[++_nextRequest] = _safety.CommittedIndex;
                node.Read(_nextRequest);
                break;
            default: node.Propose($"command {_now}"); break;
        }
    }

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
