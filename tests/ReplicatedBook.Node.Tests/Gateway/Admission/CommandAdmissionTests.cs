using System.Net;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway.Admission;

namespace ReplicatedBook.Node.Tests.Gateway.Admission;

/// <summary>Goal: what is too much is refused soon and surely not executed. Method: time by hand.</summary>
public sealed class CommandAdmissionTests : IDisposable
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly CommandSource _one = Source(1);
    private readonly CommandSource _other = Source(2);
    private readonly ManualTime _time = new();
    private readonly CommandAdmission _admission;

    public CommandAdmissionTests() => _admission = new CommandAdmission(2, 2, 3, MaxWait, _time);

    [Fact]
    public async Task As_many_as_may_be_under_way_go_on_at_once()
    {
        Assert.True(await Enter(1));
        Assert.True(await Enter(1));
        var third = Enter(1);

        Assert.False(third.IsCompleted);
        Leave(1);
        Assert.True(await third.WaitAsync(Patience));
    }

    [Fact]
    public async Task Who_waits_longer_than_the_limit_is_refused()
    {
        await Enter(1);
        await Enter(1);
        var third = Enter(1);

        _time.Advance(MaxWait / 2);
        Assert.False(third.IsCompleted);
        _time.Advance(MaxWait);

        Assert.False(await third.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_turn_that_was_refused_is_not_lost()
    {
        await Enter(1);
        await Enter(1);
        var refused = Enter(1);
        _time.Advance(2 * MaxWait);
        Assert.False(await refused.WaitAsync(Patience));

        Leave(1);
        Leave(1);

        Assert.True(await Enter(1));
        Assert.True(await Enter(1));
        Assert.False(Enter(1).IsCompleted);
    }

    [Fact]
    public async Task A_flood_is_refused_before_the_others_are()
    {
        await Enter(1);
        await Enter(1);
        var flood = Enumerable.Range(0, 3).Select(_ => Enter(1)).ToArray();
        var other = Enter(2);

        Assert.False(await flood[2]);
        Leave(1);
        Leave(1);

        Assert.True(await other);
        _time.Advance(TimeSpan.FromMilliseconds(3));
        Assert.True(await flood[0]);
        Assert.False(flood[1].IsCompleted);
    }

    [Fact]
    public void Commands_without_an_account_count_for_the_address_they_came_from()
    {
        var here = CommandSource.Of(default, default, IPAddress.Loopback);

        Assert.Equal(here, CommandSource.Of(default, default, IPAddress.Parse("127.0.0.1")));
        Assert.NotEqual(here, CommandSource.Of(default, default, IPAddress.Parse("192.0.2.1")));
        Assert.Equal(
            CommandSource.Of(default, new AccountId(7), IPAddress.Loopback),
            CommandSource.Of(default, new AccountId(7), null));
    }

    [Fact]
    public void Commands_of_a_user_count_for_the_user_whichever_account_and_address_they_name()
    {
        var one = CommandSource.Of(new UserId(1), new AccountId(7), IPAddress.Loopback);

        Assert.Equal(one, CommandSource.Of(new UserId(1), new AccountId(8), null));
        Assert.NotEqual(one, CommandSource.Of(new UserId(2), new AccountId(7), IPAddress.Loopback));
    }

    [Fact]
    public async Task One_among_others_has_few_under_way_and_the_others_pass()
    {
        using var admission = await OneAmongOthersAsync();
        var third = admission.EnterAsync(_one).AsTask();

        Assert.False(third.IsCompleted);
        Assert.True(await admission.EnterAsync(_other)); // Although the third came first.
        admission.Leave(_other);
        Assert.False(third.IsCompleted);
        admission.Leave(_one);
        Assert.False(third.IsCompleted); // Its next lot begins when the last one has ended.
        _time.Advance(MaxWait / 5);
        admission.Leave(_one);
        Assert.True(await third.WaitAsync(Patience));
    }

    [Fact]
    public async Task One_among_others_rests_between_two_lots()
    {
        using var admission = await OneAmongOthersAsync();
        var next = new[] { admission.EnterAsync(_one).AsTask(), admission.EnterAsync(_one).AsTask() };
        admission.Leave(_one);
        admission.Leave(_one);

        Assert.DoesNotContain(next, wait => wait.IsCompleted); // That lot was over sooner than its time.
        _time.Advance(TimeSpan.FromMilliseconds(3));

        Assert.All(await Task.WhenAll(next).WaitAsync(Patience), Assert.True); // Although nobody left meanwhile.
    }

    [Fact]
    public async Task All_of_a_lot_go_on_together()
    {
        var wentOn = 0;
        var together = new TaskCompletionSource<int>();
        using var admission = await OneAmongOthersAsync(goOn =>
        {
            goOn();
            together.SetResult(wentOn); // Once: a second call would throw.
        });
        var next = new[] { GoOnAsync(), GoOnAsync() };
        _time.Advance(MaxWait / 5);
        admission.Leave(_one);
        admission.Leave(_one);

        Assert.Equal(2, await together.Task.WaitAsync(Patience));
        await Task.WhenAll(next).WaitAsync(Patience);

        async Task GoOnAsync()
        {
            Assert.True(await admission.EnterAsync(_one).ConfigureAwait(false));
            wentOn++;
        }
    }

    [Fact]
    public async Task One_that_hangs_shuts_out_no_others_of_its_source()
    {
        using var admission = await OneAmongOthersAsync();
        admission.Leave(_one); // The other one never leaves.
        var next = admission.EnterAsync(_one).AsTask();

        _time.Advance(MaxWait / 2);
        Assert.False(next.IsCompleted);
        _time.Advance(MaxWait);

        Assert.True(await next.WaitAsync(Patience));
    }

    [Fact]
    public async Task Who_waits_for_its_own_alone_may_do_so_for_longer()
    {
        using var admission = await OneAmongOthersAsync();
        var third = admission.EnterAsync(_one).AsTask();

        _time.Advance(2 * MaxWait);
        Assert.False(third.IsCompleted);
        _time.Advance(2 * MaxWait);

        Assert.False(await third.WaitAsync(Patience));
    }

    [Fact]
    public async Task One_alone_may_have_all_under_way()
    {
        using var admission = await OneAmongOthersAsync();
        var waiting = new[] { admission.EnterAsync(_one).AsTask(), admission.EnterAsync(_one).AsTask() };
        admission.Leave(_other);
        Assert.False(waiting[0].IsCompleted);

        var step = MaxWait / 4;
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromSeconds(1); passed += step)
        {
            // Its own go on, lot for lot, while the other was seen not long ago.
            admission.Leave(_one);
            Assert.DoesNotContain(waiting, wait => wait.IsCompleted);
            admission.Leave(_one);
            _time.Advance(step);
            Assert.All(await Task.WhenAll(waiting).WaitAsync(Patience), Assert.True);
            waiting = [admission.EnterAsync(_one).AsTask(), admission.EnterAsync(_one).AsTask()];
        }

        admission.Leave(_one);

        Assert.All(await Task.WhenAll(waiting).WaitAsync(Patience), Assert.True);
        Assert.True(await admission.EnterAsync(_one));
        Assert.False(admission.EnterAsync(_one).IsCompleted, "four are under way");
    }

    [Fact]
    public async Task A_node_that_ends_many_soon_lets_more_in_at_once()
    {
        const int Ended = 200; // Within 8 ms; at first 128 are let in.
        using var fast = new CommandAdmission(1_000, 1_000, 9, MaxWait, _time);
        for (var i = 1; i <= Ended; i++)
        {
            _time.Advance(i == Ended ? TimeSpan.FromMilliseconds(8) : TimeSpan.Zero);
            Assert.True(await fast.EnterAsync(_one));
            fast.Leave(_one);
        }

        Assert.All(Enumerable.Range(0, Ended), _ => Assert.True(fast.EnterAsync(_one).IsCompletedSuccessfully));
        Assert.False(fast.EnterAsync(_one).IsCompleted);
    }

    public void Dispose() => _admission.Dispose();

    private Task<bool> Enter(long account) => _admission.EnterAsync(Source(account)).AsTask();

    private void Leave(long account) => _admission.Leave(Source(account));

    /// <summary>Four may be under way, two of one source: two of one are, and one of another.</summary>
    private async Task<CommandAdmission> OneAmongOthersAsync(Action<Action>? proposeTogether = null)
    {
        var admission = new CommandAdmission(4, 2, 9, MaxWait, _time, proposeTogether);
        Assert.True(await admission.EnterAsync(_other));
        Assert.True(await admission.EnterAsync(_one));
        Assert.True(await admission.EnterAsync(_one));
        return admission;
    }

    private static CommandSource Source(long account) => new(new AccountId(account), null);
}
