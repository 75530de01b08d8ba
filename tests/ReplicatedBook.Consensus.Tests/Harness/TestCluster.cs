using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Consensus.Tests.Harness;

/// <summary>Nodes joined by a network that delivers at once, in order, unless a link is cut or a message
/// unwanted.</summary>
internal sealed class TestCluster
{
    private readonly List<TestNode> _nodes;
    private readonly HashSet<(NodeId From, NodeId To)> _cut = [];
    private readonly Queue<RaftMessage> _network = [];

    public TestCluster(
        int size, Func<RaftConfig, RaftConfig>? change = null, TestDisk[]? disks = null,
        Wholeness wholeness = Wholeness.Whole)
    {
        var ids = Ids(size);
        _nodes = [.. ids.Select((id, i) => new TestNode(
            (change ?? (config => config))(Config(id, (ulong)i + 1)), Membership.OfVoters(ids), disks?[i],
            wholeness))];
        Safety = new SafetyCheck(Nodes);
        foreach (var node in Nodes)
        {
            node.AfterStep = Safety.After;
        }
    }

    public IReadOnlyList<TestNode> Nodes => _nodes;

    public SafetyCheck Safety { get; }

    /// <summary>Messages for which this is true are lost.</summary>
    public Func<RaftMessage, bool>? Lose { get; set; }

    /// <summary>Every message that was delivered.</summary>
    public List<RaftMessage> Delivered { get; } = [];

    public TestNode this[int number] => Nodes[number - 1];

    public IEnumerable<TestNode> Leaders => Nodes.Where(node => node.IsRunning && node.Raft.Role == Role.Leader);

    public static NodeId[] Ids(int size) => [.. Enumerable.Range(1, size).Select(i => new NodeId($"n{i}"))];

    public static RaftConfig Config(NodeId id, ulong seed) =>
        new() { Id = id, Seed = seed, MaxSnapshotChunkBytes = 1_000 };

    public static Membership Voters(int size) => Membership.OfVoters(Ids(size));

    /// <summary>Starts one more node, with an empty disk and no membership: it waits to be told.</summary>
    public TestNode Join(TestDisk? disk = null)
    {
        var number = Nodes.Count + 1;
        var node = new TestNode(Config(Make.Id(number), (ulong)number), Membership.Empty, disk, Wholeness.New)
        {
            AfterStep = Safety.After,
        };
        _nodes.Add(node);
        return node;
    }

    public void Cut(int from, int to) => _cut.Add((this[from].Id, this[to].Id));

    public void Isolate(int number)
    {
        foreach (var other in Nodes)
        {
            _cut.Add((this[number].Id, other.Id));
            _cut.Add((other.Id, this[number].Id));
        }
    }

    public void Heal()
    {
        _cut.Clear();
        Lose = null;
    }

    /// <summary>Delivers until nothing is under way.</summary>
    public void Settle()
    {
        for (var delivered = 0; ; delivered++)
        {
            Assert.True(delivered < 100_000, "messages never come to an end");
            foreach (var node in Nodes)
            {
                node.Outbox.ForEach(_network.Enqueue);
                node.Outbox.Clear();
            }

            if (!_network.TryDequeue(out var message))
            {
                return;
            }

            var receiver = Nodes.Single(node => node.Id == message.To);
            if (receiver.IsRunning && !_cut.Contains((message.From, message.To)) && Lose?.Invoke(message) is not true)
            {
                Delivered.Add(message);
                receiver.Receive(message);
            }
        }
    }

    /// <summary>Lets time pass everywhere, and delivers after each clock tick.</summary>
    public void Tick(int ticks = 1)
    {
        for (var i = 0; i < ticks; i++)
        {
            foreach (var node in Nodes.Where(node => node.IsRunning))
            {
                node.Tick();
            }

            Settle();
        }
    }

    public void TickUntil(Func<bool> condition, int maxTicks = 2_000)
    {
        for (var i = 0; i < maxTicks && !condition(); i++)
        {
            Tick();
        }

        Assert.True(condition(), "never became true");
    }

    /// <summary>Makes this node leader: its time alone passes until it campaigns.</summary>
    public TestNode Elect(int number)
    {
        foreach (var node in Nodes.Where(node => node.IsRunning))
        {
            node.Tick(node.Raft.Leader is null || node.Raft.Role == Role.Leader ? 0 : node.Config.ElectionTicks);
        }

        for (var i = 0; i < 200 && this[number].Raft.Role != Role.Leader; i++)
        {
            this[number].Tick();
            Settle();
        }

        Assert.Equal(Role.Leader, this[number].Raft.Role);
        Tick(this[number].Config.HeartbeatTicks);
        return this[number];
    }

    public void Crash(int number) => this[number].Crash();

    public void Restart(int number)
    {
        this[number].Restart();
        Safety.Restarted(this[number]);
    }

    public void RequireSameLogs()
    {
        Safety.RequireLogMatching();
        Assert.All(Nodes, node => Assert.Equal(Nodes[0].Raft.Log.LastIndex, node.Raft.Log.LastIndex));
        Assert.All(Nodes, node => Assert.Equal(Nodes[0].Raft.CommitIndex, node.Raft.CommitIndex));
        Assert.All(Nodes, node => Assert.Equal(Nodes[0].Raft.Log.LastTerm, node.Raft.Log.LastTerm));
    }
}
