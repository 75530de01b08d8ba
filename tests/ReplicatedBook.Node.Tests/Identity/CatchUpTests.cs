using ReplicatedBook.Node.Security.Identity;
using ReplicatedBook.Node.Tests.Gateway;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Identity;

/// <summary>Goal: a flood of credentials that nobody gave refuses nobody who has a new one. Method: many ask while a
/// round to the leader goes on.</summary>
public sealed class CatchUpTests
{
    private const int Many = 1_000;

    [Fact]
    public async Task However_many_ask_they_share_the_round_that_begins_after_they_did()
    {
        var rounds = new List<TaskCompletionSource<long?>>();
        var began = new SemaphoreSlim(0);
        var reader = new ScriptedReader();
        reader.Log.Barrier = _ =>
        {
            rounds.Add(new TaskCompletionSource<long?>());
            began.Release();
            return rounds[^1].Task;
        };
        var catchUp = new CatchUp(reader, TimeProvider.System);

        var first = catchUp.TryAsync(CancellationToken.None).AsTask();
        Assert.True(await began.WaitAsync(TestClient.Patience));
        var others = Enumerable.Range(0, Many).Select(_ => catchUp.TryAsync(CancellationToken.None).AsTask()).ToList();
        rounds[0].SetResult(1);
        Assert.True(await first);
        Assert.True(await began.WaitAsync(TestClient.Patience));
        Assert.DoesNotContain(others, other => other.IsCompleted); // What began before they asked is not theirs.
        rounds[1].SetResult(null);

        Assert.DoesNotContain(true, await Task.WhenAll(others));
        Assert.Equal(2, rounds.Count);
        var last = catchUp.TryAsync(CancellationToken.None).AsTask();
        Assert.True(await began.WaitAsync(TestClient.Patience));
        rounds[2].SetResult(2);
        Assert.True(await last);
    }

    [Fact]
    public async Task A_round_that_fails_is_told_to_those_who_waited_for_it_and_the_next_begins_anew()
    {
        var reader = new ScriptedReader { IsStopped = true };
        var catchUp = new CatchUp(reader, TimeProvider.System);
        await Assert.ThrowsAsync<ReplicaStoppedException>(() => catchUp.TryAsync(CancellationToken.None).AsTask());

        reader.IsStopped = false;

        Assert.True(await catchUp.TryAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_round_that_is_never_answered_ends_by_itself()
    {
        var reader = new ScriptedReader();
        reader.Log.Barrier = ScriptedLog.NeverAsync<long?>;

        Assert.False(await new CatchUp(reader, new HastyTime()).TryAsync(CancellationToken.None));
    }
}
