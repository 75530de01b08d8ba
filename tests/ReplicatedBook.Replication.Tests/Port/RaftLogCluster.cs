using System.Collections.Concurrent;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Replication.Feed;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Port;

/// <summary>Three <see cref="RaftReplicatedLog"/> over real files, joined by a transport that hands messages
/// over.</summary>
internal sealed class RaftLogCluster : ILogCluster
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly NodeId[] _ids = [new("n1"), new("n2"), new("n3")];
    private readonly ConcurrentDictionary<NodeId, RaftReplicatedLog> _logs = new();
    private readonly ConcurrentDictionary<NodeId, Exception> _failures = new();
    private readonly List<LogNode> _nodes = [];
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("rb-port-");
    private readonly Func<NodeId, IDisk> _disk;
    private readonly ReplicaOptions? _options;
    private readonly Func<NodeId, int> _supported;
    private readonly JournalOptions? _journal;

    /// <summary>Starts three nodes.</summary>
    /// <param name="disk">Disk by node; the real one without it.</param>
    /// <param name="options">Settings of all; consensus is filled in.</param>
    /// <param name="supported">Highest feature level by node, asked at each start; the build's without it.</param>
    /// <param name="journal">Of events; none without it.</param>
    public RaftLogCluster(
        Func<NodeId, IDisk>? disk = null, ReplicaOptions? options = null, Func<NodeId, int>? supported = null,
        JournalOptions? journal = null)
    {
        _journal = journal;
        _supported = supported ?? (_ => Matching.FeatureLevels.Supported);

        _disk = disk ?? (_ => new DurableDisk());
        _options = options;
        foreach (var id in _ids)
        {
            _nodes.Add(StartNode(id));
        }
    }

    public IReadOnlyList<LogNode> Nodes => _nodes;

    public IReadOnlyDictionary<NodeId, Exception> Failures => _failures;

    /// <summary>Called with each message that is sent, on the sender's thread.</summary>
    public Action<RaftMessage> OnSend { get; set; } = _ => { };

    public string DirectoryOf(NodeId id) => Path.Combine(_directory.FullName, id.Value);

    public RaftReplicatedLog Log(NodeId id) => _logs[id];

    public async Task<LogNode> LeaderAsync()
    {
        LogNode? leader = null;
        await UntilAsync(() => (leader = _nodes.FirstOrDefault(node =>
            node.Log.Status is { Role: Role.Leader } status && status.CommitIndex > 0
            && !_nodes.Any(other => other.Log.Status.Term > status.Term))) is not null);
        return leader!;
    }

    public async Task<Proposal> ProposeAsync(byte[] command)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            var leader = await LeaderAsync();
            var proposal = await leader.Log.ProposeAsync(command, ProposalWait.Applied, limit.Token);
            if (proposal.Outcome == ProposalOutcome.Applied)
            {
                return proposal;
            }
        }
    }

    public async Task<long> BarrierAsync(LogNode node)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            if (await node.Log.ReadBarrierAsync(limit.Token) is { } index)
            {
                return index;
            }

            Assert.Empty(_failures);
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    public void Stop(LogNode node)
    {
        _nodes.Remove(node);
        if (_logs.TryRemove(node.Id, out var log))
        {
            log.Dispose();
        }
    }

    /// <summary>Leaves a node running that the test's own requests are to pass by.</summary>
    public void Forget(LogNode node) => _nodes.Remove(node);

    /// <summary>Starts a node with an empty directory that waits to be told who belongs to the cluster.</summary>
    public LogNode Join(NodeId node) => Restart(node);

    /// <summary>Asks whoever leads to change the membership, again while it is too early.</summary>
    public async Task<MembershipOutcome> ChangeAsync(MembershipChange change)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (true)
        {
            var outcome = await (await LeaderAsync()).Log.ChangeMembershipAsync(change, limit.Token);
            if (outcome.Refusal is not (MembershipRefusal.NotLeader or MembershipRefusal.NotReady
                or MembershipRefusal.NotCaughtUp or MembershipRefusal.Unsafe))
            {
                return outcome;
            }

            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    public LogNode Restart(NodeId node)
    {
        var started = StartNode(node);
        _nodes.Add(started);
        return started;
    }

    public static async Task UntilAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!holds())
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var log in _logs.Values)
        {
            log.Dispose();
        }

        _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private LogNode StartNode(NodeId id)
    {
        var raft = new RaftConfig { Id = id, Seed = (ulong)id.Value[^1] };
        var bootstrap = _ids.Contains(id) ? Membership.OfVoters(_ids) : Membership.Empty;
        var options = new ReplicaHostOptions
        {
            Replica = (_options ?? new ReplicaOptions { Raft = raft }) with
            {
                Raft = raft,
                Bootstrap = bootstrap,
                SupportedLevel = _supported(id),
                ReportEveryTicks = 5,
            },
            DataDirectory = DirectoryOf(id),
            Identity = new StorageIdentity("test", id.Value),
            Storage = new StorageOptions { SegmentBytes = 1 << 20 },
            Journal = _journal,
        };
        var log = new RaftReplicatedLog(
            options, _disk(id), new HandOver(this), exception => _failures[id] = exception);
        _logs[id] = log;
        return new LogNode(id, log, log);
    }

    private sealed class HandOver(RaftLogCluster cluster) : IPeerTransport
    {
        public void Send(RaftMessage message)
        {
            cluster.OnSend(message);
            if (cluster._logs.TryGetValue(message.To, out var log))
            {
                log.Receive(message);
            }
        }

        public void SetMembers(IReadOnlyList<Member> members)
        {
            // All are in one process and reach one another as they are.
        }
    }
}
