using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Cluster.Tests.Processes;
using ReplicatedBook.Contracts.Http;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Client;

/// <summary>Goal: what the client says of a write is what can be known. Method: doubles that answer, refuse and break
/// off.</summary>
public sealed class WriteOutcomeTests
{
    private const string Asset = """{"asset":"USD","scale":2}""";

    private static readonly CreateAssetRequest Usd = new() { Asset = "USD", Scale = 2 };

    private static readonly ClientOptions Brief = new()
    {
        Deadline = TimeSpan.FromSeconds(20),
        AttemptTimeout = TimeSpan.FromSeconds(5),
        MinBackoff = TimeSpan.FromMilliseconds(1),
        MaxBackoff = TimeSpan.FromMilliseconds(2),
        MaxAttempts = 6,
    };

    [Fact]
    public async Task Answer_is_committed_and_carries_its_index()
    {
        await using var node = new NodeDouble().Answer(201, Asset, ("Rb-Index", "17"), ("Rb-Node", "n1"));
        using var client = new ReplicatedBookClient([node.Endpoint], Brief);
        var outcome = await client.CreateAssetAsync(Usd);
        Assert.Equal(OutcomeKind.Committed, outcome.Kind);
        Assert.Equal((17, "n1", 1), (outcome.Mark.Index, outcome.Mark.Node, outcome.Attempts));
        Assert.Equal("USD", outcome.Require().Asset);
    }

    [Fact]
    public async Task Write_after_a_broken_connection_goes_to_the_next_node_with_the_same_key_and_body()
    {
        await using var first = new NodeDouble().Break();
        await using var second = new NodeDouble().Answer(201, Asset);
        using var client = new ReplicatedBookClient([first.Endpoint, second.Endpoint], Brief);
        var outcome = await client.CreateAssetAsync(Usd);
        Assert.Equal(OutcomeKind.Committed, outcome.Kind);
        Assert.Equal(first.Keys, second.Keys);
        Assert.Equal(first.Bodies, second.Bodies);
        Assert.Equal(outcome.Key, Assert.Single(second.Keys));
    }

    [Fact]
    public async Task Write_after_an_unknown_outcome_is_asked_again_until_definite()
    {
        await using var node = new NodeDouble()
            .Problem(504, "outcome_unknown", "unknown")
            .Problem(503, "no_leader", "not_executed")
            .Answer(201, Asset, ("Idempotency-Replayed", "true"));
        using var client = new ReplicatedBookClient([node.Endpoint], Brief);
        var outcome = await client.CreateAssetAsync(Usd);
        Assert.Equal((OutcomeKind.Committed, 3, true), (outcome.Kind, outcome.Attempts, outcome.Mark.Replayed));
        Assert.Single(node.Keys.Distinct());
    }

    [Fact]
    public async Task Refusal_is_rejected_at_once_with_its_problem()
    {
        await using var node = new NodeDouble().Problem(409, "already_exists", "rejected");
        using var client = new ReplicatedBookClient([node.Endpoint], Brief);
        var outcome = await client.CreateAssetAsync(Usd);
        Assert.Equal(
            (OutcomeKind.Rejected, "already_exists", 1), (outcome.Kind, outcome.Problem?.Code, outcome.Attempts));
        Assert.Equal(OutcomeKind.Rejected, Assert.Throws<OutcomeException>(() => outcome.Require()).Kind);
    }

    [Fact]
    public async Task Only_refused_connections_are_not_executed()
    {
        using var lease = PortLease.Take();
        using var client = new ReplicatedBookClient([new Uri($"http://127.0.0.1:{lease.Port}/")], Brief);
        var outcome = await client.CreateAssetAsync(Usd);
        Assert.Equal((OutcomeKind.NotExecuted, Brief.MaxAttempts), (outcome.Kind, outcome.Attempts));
    }

    [Fact]
    public async Task One_doubtful_attempt_keeps_the_outcome_unknown_whatever_failed_later()
    {
        await using var node = new NodeDouble().Break().Problem(503, "no_leader", "not_executed");
        using var client = new ReplicatedBookClient([node.Endpoint], Brief);
        var outcome = await client.CreateAssetAsync(Usd);
        Assert.Equal((OutcomeKind.Unknown, Brief.MaxAttempts), (outcome.Kind, outcome.Attempts));
    }

    [Fact]
    public async Task Answer_of_something_that_is_no_node_is_unknown()
    {
        await using var node = new NodeDouble().Answer(503, "<html>gateway</html>").Answer(200, "<html>hello</html>");
        using var client = new ReplicatedBookClient([node.Endpoint], Brief with { MaxAttempts = 1 });
        Assert.Equal(OutcomeKind.Unknown, (await client.CreateAssetAsync(Usd)).Kind);
        Assert.Equal(OutcomeKind.Unknown, (await client.CreateAssetAsync(Usd)).Kind);
    }

    [Fact]
    public async Task Refusal_of_an_order_without_a_key_stays_unknown_after_a_doubtful_attempt()
    {
        var order = new PlaceOrderRequest
        {
            ClientOrderId = "c1",
            Instrument = "BTC-USD",
            Side = "buy",
            Type = "limit",
            Price = "1.00",
            Quantity = "1",
        };
        await using var node = new NodeDouble().Break().Problem(422, "insufficient_funds", "rejected");
        using var client = new ReplicatedBookClient([node.Endpoint], Brief);
        Assert.Equal(OutcomeKind.Unknown, (await client.PlaceOrderAsync(order)).Kind);
        Assert.Equal(["-", "-"], node.Keys);
    }

    [Fact]
    public async Task Refusal_under_a_key_is_definite_even_after_a_doubtful_attempt()
    {
        await using var node = new NodeDouble().Break().Problem(409, "already_exists", "rejected");
        using var client = new ReplicatedBookClient([node.Endpoint], Brief);
        Assert.Equal(OutcomeKind.Rejected, (await client.CreateAssetAsync(Usd)).Kind);
    }

    [Fact]
    public async Task Later_calls_begin_at_the_node_that_answered()
    {
        await using var first = new NodeDouble().Problem(503, "no_leader", "not_executed");
        await using var second = new NodeDouble().Answer(201, Asset);
        using var client = new ReplicatedBookClient([first.Endpoint, second.Endpoint], Brief);
        await client.CreateAssetAsync(Usd);
        await client.CreateAssetAsync(Usd);
        Assert.Single(first.Keys);
        Assert.Equal(2, second.Keys.Count);
    }

    [Fact]
    public async Task Read_goes_to_the_next_node_and_is_unavailable_only_when_none_answers()
    {
        await using var first = new NodeDouble().Problem(503, "no_quorum", "not_executed");
        await using var second = new NodeDouble()
            .Answer(200, """{"items":[]}""")
            .Problem(503, "no_quorum", "not_executed");
        using var client = new ReplicatedBookClient([first.Endpoint, second.Endpoint], Brief);
        Assert.True((await client.ListAssetsAsync(ReadOptions.Strong)).IsAnswered);
        var later = await client.ListAssetsAsync(ReadOptions.Strong);
        Assert.Equal((ReadKind.Unavailable, "no_quorum"), (later.Kind, later.Problem?.Code));
    }

    [Fact]
    public async Task Missing_object_is_a_refused_read()
    {
        await using var node = new NodeDouble().Problem(404, "not_found", "not_executed");
        using var client = new ReplicatedBookClient([node.Endpoint], Brief);
        Assert.Equal(ReadKind.Refused, (await client.GetOrderAsync(OrderName.ById("1"), ReadOptions.Weak)).Kind);
    }
}
