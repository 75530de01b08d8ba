using ReplicatedBook.Cli.Repl;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Cli;

/// <summary>Goal: who types need not make up tags, and who gives one keeps it. Method: each command both
/// ways.</summary>
public sealed class ReplLineTests
{
    [Theory]
    [InlineData("new BTC-USD B LIMIT 1 2 cid=x", "new #1 BTC-USD B LIMIT 1 2 cid=x")]
    [InlineData("new t BTC-USD B LIMIT 1 2 cid=x", "new t BTC-USD B LIMIT 1 2 cid=x")]
    [InlineData("N BTC-USD B LIMIT 1", "N #1 BTC-USD B LIMIT 1")]
    [InlineData("  MODIFY   7  1 -  ", "MODIFY #1 7 1 -")]
    [InlineData("MODIFY t 7 1 -", "MODIFY t 7 1 -")]
    [InlineData("CANCEL 7", "CANCEL #1 7")]
    [InlineData("CANCEL t 7", "CANCEL t 7")]
    [InlineData("c cid=x account=a1", "c #1 cid=x account=a1")]
    [InlineData("c t cid=x account=a1", "c t cid=x account=a1")]
    [InlineData("ORDER cid=x", "ORDER #1 cid=x")]
    [InlineData("CANCELALL", "CANCELALL #1")]
    [InlineData("CANCELALL BTC-USD", "CANCELALL #1 BTC-USD")]
    [InlineData("CANCELALL t BTC-USD", "CANCELALL t BTC-USD")]
    [InlineData("CANCELALL account=a1", "CANCELALL #1 account=a1")]
    [InlineData("S BTC-USD depth=5 level=3", "S #1 BTC-USD depth=5 level=3")]
    [InlineData("S t BTC-USD depth=5", "S t BTC-USD depth=5")]
    [InlineData("CREDIT a1 USD 10", "CREDIT #1 a1 USD 10")]
    [InlineData("B a1", "B #1 a1")]
    [InlineData("feed on from=5 symbol=X", "feed #1 on from=5 symbol=X")]
    [InlineData("feed t off", "feed t off")]
    [InlineData("COD on grace_ms=5", "COD #1 on grace_ms=5")]
    [InlineData("status", "status #1")]
    [InlineData("ping t", "ping t")]
    [InlineData("hello there", "hello there")]
    [InlineData("", null)]
    [InlineData("# a remark", null)]
    public void A_tag_is_made_up_where_there_is_none(string typed, string? sent) =>
        Assert.Equal(sent, new ReplLine().Complete(typed));

    [Fact]
    public void No_two_made_up_tags_are_equal()
    {
        var lines = new ReplLine();

        var sent = string.Join('|', lines.Complete("ping"), lines.Complete("ping t"), lines.Complete("ping"));

        Assert.Equal("ping #1|ping t|ping #2", sent);
    }
}
