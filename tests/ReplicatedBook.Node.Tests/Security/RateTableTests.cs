using System.Net;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Node.Security.Rates;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Goal: everyone is counted apart, and the table stays small. Method: more sources than it holds.</summary>
public sealed class RateTableTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    [Fact]
    public void Sources_are_counted_apart()
    {
        var table = new RateTable(1, Window, 8);

        Assert.True(table.Take(User(1), 0).IsAllowed);
        Assert.False(table.Take(User(1), 0).IsAllowed);
        Assert.True(table.Take(User(2), 0).IsAllowed);
        Assert.True(table.Take(Address("192.0.2.1"), 0).IsAllowed);
        Assert.False(table.Take(Address("192.0.2.1"), 0).IsAllowed);
        Assert.True(table.Take(Address("192.0.2.2"), 0).IsAllowed);
    }

    [Fact]
    public void A_user_counts_as_such_wherever_the_requests_come_from_and_nobody_by_the_address()
    {
        var here = IPAddress.Parse("192.0.2.1");
        var known = new Caller(new UserId(7), Roles.User, Scopes.Read, here);

        Assert.Equal(RateSource.Of(known), RateSource.Of(known with { Origin = IPAddress.Parse("192.0.2.9") }));
        Assert.NotEqual(
            RateSource.Of(Caller.Nobody(here)), RateSource.Of(Caller.Nobody(IPAddress.Parse("192.0.2.9"))));
        Assert.Equal(
            RateSource.Of(Caller.Nobody(IPAddress.Parse("2001:db8::1"))),
            RateSource.Of(Caller.Nobody(IPAddress.Parse("2001:db8::2:3"))));
        Assert.NotEqual(
            RateSource.Of(Caller.Nobody(IPAddress.Parse("2001:db8:0:1::1"))),
            RateSource.Of(Caller.Nobody(IPAddress.Parse("2001:db8:0:2::1"))));
        Assert.Equal(RateSource.Of(Caller.Nobody(here)), RateSource.Of(Caller.Nobody(here.MapToIPv6())));
    }

    [Fact]
    public void Beyond_its_size_sources_share_a_count_until_others_have_rested()
    {
        var table = new RateTable(2, Window, 3);
        for (var user = 1; user <= 100; user++)
        {
            table.Take(User(user), 0);
        }

        Assert.Equal(3, table.Count);
        Assert.False(table.Take(User(500), 0).IsAllowed);
        Assert.True(table.Take(User(1), 0).IsAllowed);

        var later = Window.Ticks + 1;
        Assert.True(table.Take(User(500), later).IsAllowed);
        Assert.True(table.Take(User(501), later).IsAllowed);
        Assert.InRange(table.Count, 1, 3);
    }

    private static RateSource User(long user) => new(new UserId(user), null);

    private static RateSource Address(string address) => new(default, IPAddress.Parse(address));
}
