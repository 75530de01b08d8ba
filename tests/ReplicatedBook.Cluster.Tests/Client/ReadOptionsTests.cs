using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Contracts.Http;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Client;

/// <summary>Goal: the query says how fresh a read must be. Method: a double that remembers addresses.</summary>
public sealed class ReadOptionsTests
{
    [Fact]
    public async Task Read_since_an_index_is_weak_with_that_least_index()
    {
        await using var node = new NodeDouble().Answer(
            200,
            """
            {"instrument":"X","index":5,"time":"t","bids":[["1.00","2",1]],"asks":[["1.01","3","77"]],"checksum":0}
            """);
        using var client = new ReplicatedBookClient([node.Endpoint]);
        var book = (await client.GetBookAsync("X", 10, 2, ReadOptions.Since(5))).Require();
        Assert.Equal(new BookLevel("1.00", "2", 1, null), Assert.Single(book.Bids));
        Assert.Equal("77", Assert.Single(book.Asks).OrderId);
        var asked = Assert.Single(node.Paths);
        Assert.StartsWith("/v1/instruments/X/book?depth=10&level=2&consistency=weak&min_index=5&timeout_ms=", asked);
    }
}
