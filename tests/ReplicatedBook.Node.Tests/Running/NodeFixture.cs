namespace ReplicatedBook.Node.Tests.Running;

/// <summary>A node of its own for each test class, with a market in it.</summary>
public sealed class NodeFixture : IAsyncLifetime
{
    private static int _last;

    private TestNode? _node;

    public TestNode Node => _node!;

    public TestClient Client => Node.Client;

    public async ValueTask InitializeAsync()
    {
        _node = await TestNode.StartReadyAsync("--Tcp:Port=0");
        await _node.WaitForFeatureLevelAsync(); // Its last entry of its own: tests count entries.
        (await Client.PostAsync("/v1/assets", """{"asset":"USD","scale":2}""")).Expect(201);
        (await Client.PostAsync("/v1/assets", """{"asset":"BTC","scale":8}""")).Expect(201);
    }

    public ValueTask DisposeAsync() => Node.DisposeAsync();

    /// <summary>A new account with money.</summary>
    public async Task<string> NewAccountAsync(string usd = "1000000", string btc = "100")
    {
        var account = (await Client.PostAsync("/v1/accounts", "{}")).Expect(201).TextAt("account_id")!;
        (await Client.PostAsync($"/v1/accounts/{account}/deposits", $$"""{"asset":"USD","amount":"{{usd}}"}"""))
            .Expect(201);
        (await Client.PostAsync($"/v1/accounts/{account}/deposits", $$"""{"asset":"BTC","amount":"{{btc}}"}"""))
            .Expect(201);
        return account;
    }

    /// <summary>A new instrument: tick 0.01, lot 0.0001, no fees unless given.</summary>
    public async Task<string> NewInstrumentAsync(int makerFeeBps = 0, int takerFeeBps = 0)
    {
        var symbol = $"M{Interlocked.Increment(ref _last)}";
        (await Client.PostAsync("/v1/instruments", Instrument(symbol, makerFeeBps, takerFeeBps))).Expect(201);
        return symbol;
    }

    public static string Instrument(string symbol, int makerFeeBps = 0, int takerFeeBps = 0) =>
        $$"""
        {"symbol":"{{symbol}}","type":"spot","base":"BTC","quote":"USD","tick_size":"0.01","lot_size":"0.0001",
         "maker_fee_bps":{{makerFeeBps}},"taker_fee_bps":{{takerFeeBps}}}
        """;

    public static string Limit(
        string account, string symbol, string side, string price, string quantity, string more = "") =>
        $$"""
        {"account_id":"{{account}}","instrument":"{{symbol}}","side":"{{side}}","type":"limit","price":"{{price}}",
         "quantity":"{{quantity}}"{{more}}}
        """;

    /// <summary>Places an order that must be accepted.</summary>
    public async Task<Answer> PlaceAsync(
        string account, string symbol, string side, string price, string quantity, string more = "") =>
        (await Client.PostAsync("/v1/orders", Limit(account, symbol, side, price, quantity, more))).Expect(201);
}
