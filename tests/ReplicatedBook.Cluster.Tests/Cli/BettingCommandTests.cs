using System.Text.Json;
using ReplicatedBook.Cluster.Tests.Client;
using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Cli;

/// <summary>Goal: every command about betting sends what its words say and prints what came of it. Method: the real
/// program against a double of a node.</summary>
public sealed class BettingCommandTests
{
    private const string Bet =
        """
        {"order":{"order_id":"7","account_id":"a1","instrument":"b1:2","side":"back","type":"limit","price":"3.05",
        "quantity":"10.0000","filled_quantity":"0.0000","remaining_quantity":"10.0000","status":"open",
        "time_in_force":"gtc","post_only":false,"stp":"cancel_taker","reserved":"10.0000","created_index":9,
        "updated_index":9,"created_at":"t","updated_at":"t","persistence":"persist"},"fills":[]}
        """;

    private const string Market =
        """
        {"market_id":"b1","name":"Final","book_type":"two_runner","in_play_capable":true,"currency":"EUR",
        "stake_step":"0.0100","commission_bps":200,"bet_delay_ms":0,"state":"open","phase":"pre","version":1,
        "runners":[{"runner_id":"1","name":"Home","instrument":"b1:1","removed":false}],
        "matched_volume":"0.0000","pot":"0.0000",
        "dust":"0.0000","open_orders":0,"batch_under_way":false,"created_index":5,"created_at":"t","affected":3}
        """;

    private const string Books =
        """
        {"market_id":"b1","state":"open","phase":"pre","version":1,"index":5,"time":"t","runners":[
        {"runner_id":"1","instrument":"b1:1","backs":[["3.05","10.0000",2]],"lays":[]}]}
        """;

    private const string Exposures =
        """
        {"items":[{"market_id":"b1","runner_id":"1","instrument":"b1:1","currency":"EUR","if_win":"20.0000",
        "if_lose":"-10.0000","liability":"0.0000"}]}
        """;

    private const string Trades =
        """
        {"items":[{"trade_id":"4","price":"3.05","implied":true,"maker_instrument":"b1:1","maker_side":"back",
        "maker_quantity":"1.0000","maker_amount":"1.0000","taker_instrument":"b1:2","taker_side":"back",
        "taker_quantity":"2.0500","taker_amount":"2.0500","index":9,"time":"t","voided":false}]}
        """;

    /// <summary>Command line, what the node answers, path, body, and a word of what is printed.</summary>
    public static TheoryData<string, string, string, string, string> Commands => new()
    {
        { "bet back b1 2 10 @3.05 --persist --account a1", Bet, "/v1/orders",
            """
            {"account_id":"a1","instrument":"b1:2","side":"back","type":"limit","price":"3.05","quantity":"10",
            "persistence":"persist"}
            """, "3.05" },
        { "bet lay b1 2 10 @3.05 --fok --min-fill 5 --market-version 4 --cid x", Bet, "/v1/orders",
            """
            {"client_order_id":"x","instrument":"b1:2","side":"lay","type":"limit","price":"3.05","quantity":"10",
            "time_in_force":"fok","market_version":4,"min_fill_quantity":"5"}
            """, "b1:2" },
        { "bet get 7", Bet, "/v1/orders/7", "", "10.0000" },
        { "bet list --market b1 --closed", """{"items":[]}""",
            "/v1/betting/orders?limit=1000&status=closed&market_id=b1", "", "INSTRUMENT" },
        { "bet reduce 7 4", Bet, "/v1/orders/7/reduce", """{"reduction":"4"}""", "b1:2" },
        { "bet cancel cid=x --account a1", Bet, "/v1/orders/by_client_id/x?account_id=a1", "", "b1:2" },
        { "bet cancel-all --market b1 --runner 2 --side lay --account a1",
            """{"canceled":2,"order_ids":["1","2"]}""",
            "/v1/orders?type=runner&account_id=a1&instrument=b1%3A2&side=lay", "", "canceled 2 bets" },
        { "bet exposure a1 --market b1", Exposures, "/v1/accounts/a1/exposure?market_id=b1", "", "-10.0000" },
        { "betting create Final Home Away --currency EUR --in-play-capable --commission-bps 200", Market,
            "/v1/betting/markets",
            """
            {"name":"Final","book_type":"two_runner","in_play_capable":true,"currency":"EUR","runners":[{"runner_id":
            "1","name":"Home"},{"runner_id":"2","name":"Away"}],"commission_bps":200,"bet_delay_ms":0}
            """, "Final" },
        { "betting list --state open", $$"""{"items":[{{Market}}]}""", "/v1/betting/markets?limit=1000&state=open", "",
            "two_runner" },
        { "betting show b1", Market, "/v1/betting/markets/b1", "", "Home" },
        { "betting book b1", Books, "/v1/betting/markets/b1/book?depth=10", "", "3.05" },
        { "betting trades b1", Trades, "/v1/betting/markets/b1/trades?limit=20", "", "back b1:2" },
        { "betting add-runner b1 3 Draw", Market, "/v1/betting/markets/b1/runners",
            """{"runners":[{"runner_id":"3","name":"Draw"}]}""", "b1:1" },
        { "betting remove-runner b1 3 --batch 5", Market, "/v1/betting/markets/b1/runners/3?batch_size=5", "", "b1:1" },
        { "betting suspend b1 --lapse-orders --batch 5", Market, "/v1/betting/markets/b1/state",
            """{"state":"suspended","lapse_orders":true,"batch_size":5}""", "3 bets" },
        { "betting open b1", Market, "/v1/betting/markets/b1/state", """{"state":"open"}""", "open" },
        { "betting close b1", Market, "/v1/betting/markets/b1/state", """{"state":"closed"}""", "open" },
        { "betting await-live b1", Market, "/v1/betting/markets/b1/phase", """{"phase":"awaiting_live"}""", "pre" },
        { "betting in-play b1", Market, "/v1/betting/markets/b1/phase", """{"phase":"in_play"}""", "pre" },
        { "betting settle b1 3 1=0.5 2=0.5 --void-runner 4", Market, "/v1/betting/markets/b1/settle",
            """{"winners":["3"],"dead_heat":{"1":"0.5","2":"0.5"},"void_runners":["4"]}""", "b1" },
        { "betting void b1", Market, "/v1/betting/markets/b1/void", "{}", "b1" },
        { "betting void-trades b1 4 5", Market, "/v1/betting/markets/b1/trades/void",
            """{"trade_ids":["4","5"]}""", "b1" },
        { "betting cancel-all b1 --runner 2 --from t", Market, "/v1/betting/markets/b1/orders/cancel",
            """{"runner_id":"2","created_from":"t"}""", "b1" },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_sends_what_it_says(
        string command, string answer, string path, string body, string printed)
    {
        await using var node = new NodeDouble().Answer(200, answer);

        var rb = await RbProcess.RunAsync([.. command.Split(' '), "--endpoint", node.Endpoint.Authority]);

        Assert.Equal((0, ""), (rb.ExitCode, rb.Error));
        Assert.Contains(printed, rb.Output, StringComparison.Ordinal);
        Assert.StartsWith(path, Assert.Single(node.Paths), StringComparison.Ordinal);
        Assert.Equal(body.ReplaceLineEndings(""), Assert.Single(node.Bodies));
    }

    [Fact]
    public async Task A_change_names_the_version_that_was_seen()
    {
        await using var node = new NodeDouble().Answer(200, Market);

        var rb = await RbProcess.RunAsync(
            "betting", "open", "b1", "--if-version", "7", "-o", "json", "--endpoint", node.Endpoint.Authority);

        Assert.Equal("\"7\"", Assert.Single(node.Versions));
        using var shown = JsonDocument.Parse(rb.Output);
        Assert.Equal("b1", shown.RootElement.GetProperty("market_id").GetString());
    }

    [Theory]
    [InlineData("bet back b1 2 10 @3 --ioc --fok")]
    [InlineData("bet back b1 2 10")]
    [InlineData("bet cancel-all --runner 2")]
    [InlineData("betting settle b1 1=0.5 1=0.5")]
    [InlineData("betting void-trades b1")]
    [InlineData("betting void-trades b1 4 --since t")]
    [InlineData("betting create Final --currency EUR")]
    public async Task Misuse_ends_with_2_and_sends_nothing(string command)
    {
        await using var node = new NodeDouble().Answer(200, Market);

        var rb = await RbProcess.RunAsync([.. command.Split(' '), "--endpoint", node.Endpoint.Authority]);

        Assert.Equal(2, rb.ExitCode);
        Assert.Empty(node.Paths);
    }
}
