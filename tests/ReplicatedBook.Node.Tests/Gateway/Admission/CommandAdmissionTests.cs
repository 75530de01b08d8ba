using System.Net;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway.Admission;

namespace ReplicatedBook.Node.Tests.Gateway.Admission;

/// <summary>Goal: what is too much is refused soon and surely not executed. Method: time by hand.</summary>
public sealed class CommandAdmissionTests : IDisposable
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(50);
    private readonly ManualTime _time = new();
    private readonly CommandAdmission _admission;

    public CommandAdmissionTests() => _admission = new CommandAdmission(2, 3, MaxWait, _time);

    [Fact]
    public async Task As_many_as_may_be_under_way_go_on_at_once()
    {
        Assert.True(await Enter(1));
        Assert.True(await Enter(1));
        var third = Enter(1);

        Assert.False(third.IsCompleted);
        _admission.Leave();
        Assert.True(await third);
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

        Assert.False(await third);
    }

    [Fact]
    public async Task A_turn_that_was_refused_is_not_lost()
    {
        await Enter(1);
        await Enter(1);
        var refused = Enter(1);
        _time.Advance(2 * MaxWait);
        Assert.False(await refused);

        _admission.Leave();
        _admission.Leave();

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
        _admission.Leave();
        _admission.Leave();

        Assert.True(await flood[0]);
        Assert.True(await other);
        Assert.False(flood[1].IsCompleted);
    }

    [Fact]
    public void Commands_without_an_account_count_for_the_address_they_came_from()
    {
        var here = CommandSource.Of(default, IPAddress.Loopback);

        Assert.Equal(here, CommandSource.Of(default, IPAddress.Parse("127.0.0.1")));
        Assert.NotEqual(here, CommandSource.Of(default, IPAddress.Parse("192.0.2.1")));
        Assert.Equal(
            CommandSource.Of(new AccountId(7), IPAddress.Loopback), CommandSource.Of(new AccountId(7), null));
    }

    public void Dispose() => _admission.Dispose();

    private Task<bool> Enter(long account) =>
        _admission.EnterAsync(new CommandSource(new AccountId(account), null)).AsTask();
}
