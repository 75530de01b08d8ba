using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.Tests.Gateway;

/// <summary>Goal: a node that cannot prove that its state is new enough says so (RELIABILITY P3 to P5).</summary>
public sealed class ReadGatewayTests
{
    private static readonly ReadOptions Strong = ReadOptions.Strong with { Timeout = TimeSpan.FromMilliseconds(60) };
    private static readonly ReadOptions Weak = Strong with { IsStrong = false };

    private readonly ScriptedLog _log = new();
    private readonly ScriptedReader _reader;

    public ReadGatewayTests() => _reader = new ScriptedReader { Log = _log, Index = 5 };

    [Fact]
    public async Task A_strong_read_needs_a_majority()
    {
        Assert.Null(await CodeAsync(Strong));

        _log.Barrier = _ => Task.FromResult<long?>(null);
        Assert.Equal(ProblemCodes.NoQuorum, await CodeAsync(Strong));
        _log.Status = ScriptedLog.Following(null);
        Assert.Equal(ProblemCodes.NoLeader, await CodeAsync(Strong));
        Assert.Null(await CodeAsync(Weak));
    }

    [Fact]
    public async Task A_majority_that_does_not_answer_in_time_is_none()
    {
        _log.Barrier = async cancellation =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return 0;
        };

        Assert.Equal(ProblemCodes.NoQuorum, await CodeAsync(Strong));
    }

    [Fact]
    public async Task A_weak_read_is_refused_until_the_node_is_where_it_was()
    {
        _log.Status = _log.Status with { IsCaughtUp = false };

        Assert.Equal(ProblemCodes.IndexNotReached, await CodeAsync(Weak));
    }

    [Fact]
    public async Task A_weak_read_can_demand_a_recent_word_of_a_leader()
    {
        _reader.LeaderSilence = TimeSpan.FromMilliseconds(100);

        Assert.Null(await CodeAsync(Weak with { MaxLag = TimeSpan.FromMilliseconds(100) }));
        Assert.Equal(ProblemCodes.TooStale, await CodeAsync(Weak with { MaxLag = TimeSpan.FromMilliseconds(99) }));
        _reader.LeaderSilence = null;
        Assert.Equal(ProblemCodes.TooStale, await CodeAsync(Weak with { MaxLag = TimeSpan.FromDays(1) }));
    }

    [Fact]
    public async Task A_read_can_demand_an_index()
    {
        Assert.Null(await CodeAsync(Weak with { MinIndex = 5 }));
        Assert.Equal(ProblemCodes.IndexNotReached, await CodeAsync(Weak with { MinIndex = 6 }));
        Assert.Equal(ProblemCodes.IndexNotReached, await CodeAsync(Strong with { AtIndex = 6 }));
    }

    [Fact]
    public async Task A_read_of_the_past_needs_no_majority_but_what_is_held()
    {
        _log.Barrier = _ => Task.FromResult<long?>(null);
        _reader.OldestIndex = 3;

        Assert.Null(await CodeAsync(Strong with { AtIndex = 3 }));
        Assert.Equal(ProblemCodes.IndexCompacted, await CodeAsync(Strong with { AtIndex = 2 }));
    }

    [Fact]
    public async Task A_stopped_replica_is_shutting_down()
    {
        _reader.IsStopped = true;

        Assert.Equal(ProblemCodes.ShuttingDown, await CodeAsync(Strong));
    }

    private async Task<ProblemCode?> CodeAsync(ReadOptions options)
    {
        var gateway = new ReadGateway(_log, _reader, TimeProvider.System);
        return (await gateway.ReadAsync(options, exchange => exchange.AccountCount)).Failure?.Code;
    }
}
