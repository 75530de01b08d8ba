namespace ReplicatedBook.Node.Tests.Running;

/// <summary>Betting markets on a node: in EUR of four digits, so that stakes are multiples of 0.01.</summary>
internal static class BettingMarkets
{
    private static int _last;

    /// <summary>A new account with 1,000 EUR.</summary>
    public static async Task<string> NewBettorAsync(this NodeFixture node, string eur = "1000")
    {
        await node.Client.PostAsync("/v1/assets", """{"asset":"EUR","scale":4}"""); // There may be one already.
        var account = (await node.Client.PostAsync("/v1/accounts", "{}")).Expect(201).TextAt("account_id")!;
        (await node.Client.PostAsync($"/v1/accounts/{account}/deposits", $$"""{"asset":"EUR","amount":"{{eur}}"}"""))
            .Expect(201);
        return account;
    }

    /// <summary>A name that no other test uses.</summary>
    public static string NewName() => $"Match {Interlocked.Increment(ref _last)}";

    public static string Market(string name, string bookType = "two_runner", string more = "", int runners = 2) =>
        $$"""
        {"name":"{{name}}","book_type":"{{bookType}}","in_play_capable":true,"currency":"EUR","runners":[
         {{string.Join(',', Enumerable.Range(1, runners).Select(i => $$"""{"runner_id":"{{i}}","name":"R{{i}}"}"""))}}
         ]{{more}}}
        """;

    /// <summary>A new market with runners 1, 2, ...; its id.</summary>
    public static async Task<string> NewMarketAsync(
        this NodeFixture node, string bookType = "two_runner", string more = "", int runners = 2)
    {
        await node.Client.PostAsync("/v1/assets", """{"asset":"EUR","scale":4}""");
        return (await node.Client.PostAsync("/v1/betting/markets", Market(NewName(), bookType, more, runners)))
            .Expect(201).TextAt("market_id")!;
    }

    public static string Bet(
        string account, string market, int runner, string side, string odds, string stake, string more = "") =>
        NodeFixture.Limit(account, $"{market}:{runner}", side, odds, stake, more);

    public static Task<Answer> BetAsync(
        this NodeFixture node, string account, string market, int runner, string side, string odds, string stake,
        string more = "") =>
        node.Client.PostAsync("/v1/orders", Bet(account, market, runner, side, odds, stake, more));

    /// <summary>Places a bet that must be accepted; its id.</summary>
    public static async Task<string> PlaceBetAsync(
        this NodeFixture node, string account, string market, int runner, string side, string odds, string stake,
        string more = "") =>
        (await node.BetAsync(account, market, runner, side, odds, stake, more)).Expect(201)
            .TextAt("order", "order_id")!;

    public static Task<Answer> ChangeAsync(
        this NodeFixture node, string market, string what, string body,
        params (string Name, string Value)[] headers) =>
        node.Client.PostAsync($"/v1/betting/markets/{market}/{what}", body, headers);

    /// <summary>What an account has of EUR: total and available.</summary>
    public static async Task<(string? Total, string? Available)> EurOfAsync(this NodeFixture node, string account)
    {
        var balances = (await node.Client.GetAsync($"/v1/accounts/{account}/balances")).Expect(200);
        return (balances.TextAt("items", "0", "total"), balances.TextAt("items", "0", "available"));
    }
}
