using ReplicatedBook.Consensus;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Gateway;

/// <summary>A log that answers as the test says, one answer after another; the last is repeated.</summary>
internal sealed class ScriptedLog : IReplicatedLog
{
    private int _next;

    public List<Func<CancellationToken, Task<Proposal>>> Answers { get; } = [];

    public List<byte[]> Proposed { get; } = [];

    public int TimesTogether { get; private set; }

    /// <summary>What becomes of changes of the membership, one after another; the last is repeated.</summary>
    public List<MembershipOutcome> Changes { get; } = [];

    public List<MembershipChange> Changed { get; } = [];

    /// <summary>What becomes of a hand-over.</summary>
    public Func<bool> Transfer { get; set; } = () => false;

    public Func<CancellationToken, Task<long?>> Barrier { get; set; } = _ => Task.FromResult<long?>(0);

    public ReplicaStatus Status { get; set; } = Leading();

    public static ReplicaStatus Leading() => new()
    {
        Node = new NodeId("n1"),
        Role = Role.Leader,
        Term = 1,
        Leader = new NodeId("n1"),
        Voters = [new NodeId("n1")],
        IsCaughtUp = true,
    };

    public static ReplicaStatus Following(string? leader) => Leading() with
    {
        Role = Role.Follower,
        Leader = leader is null ? null : new NodeId(leader),
    };

    public ValueTask<Proposal> ProposeAsync(
        ReadOnlyMemory<byte> command, ProposalWait wait, CancellationToken cancellation)
    {
        Proposed.Add(command.ToArray());
        return new ValueTask<Proposal>(Answers[Math.Min(_next++, Answers.Count - 1)](cancellation));
    }

    public void ProposeTogether(Action propose)
    {
        TimesTogether++;
        propose();
    }

    public ValueTask<long?> ReadBarrierAsync(CancellationToken cancellation) => new(Barrier(cancellation));

    /// <summary>An answer that never comes; only giving the wait up ends it.</summary>
    public static async Task<T> NeverAsync<T>(CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        throw new InvalidOperationException("cannot be reached");
    }

    public ValueTask<MembershipOutcome> ChangeMembershipAsync(
        MembershipChange change, CancellationToken cancellation)
    {
        Changed.Add(change);
        return new(Changes[Math.Min(Changed.Count, Changes.Count) - 1]);
    }

    public ValueTask<bool> TransferLeadershipAsync(NodeId? target, CancellationToken cancellation) =>
        new(Transfer());
}
