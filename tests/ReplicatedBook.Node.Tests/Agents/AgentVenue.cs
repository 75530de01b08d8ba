using System.Text.Json;
using ReplicatedBook.Agents;
using ReplicatedBook.Agents.Running;
using ReplicatedBook.Agents.Trading;
using ReplicatedBook.Client;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Agents;

/// <summary>An instrument of its own with an agent's account and another's.</summary>
internal sealed class AgentVenue : IDisposable
{
    private readonly NodeFixture _node;
    private readonly ReplicatedBookClient _client;

    private AgentVenue(NodeFixture node, ReplicatedBookClient client, string symbol) =>
        (_node, _client, Symbol) = (node, client, symbol);

    public string Symbol { get; }

    public string Account { get; private set; } = "";

    public string Other { get; private set; } = "";

    public TradingDesk Desk { get; private set; } = null!;

    /// <summary>All that the agent told, in order.</summary>
    public List<AgentEvent> Told { get; } = [];

    /// <summary>Opens one: tick 0.01, lot 0.0001.</summary>
    /// <param name="node">Where.</param>
    /// <param name="front">What stands between agent and node; each of its requests is sent once only. Null for
    /// nothing.</param>
    public static async Task<AgentVenue> OpenAsync(NodeFixture node, LossyFront? front = null)
    {
        var client = front is null
            ? new ReplicatedBookClient([node.Client.Http.BaseAddress!])
            : new ReplicatedBookClient([front.Address], new ClientOptions { MaxAttempts = 1 });
        var venue = new AgentVenue(node, client, await node.NewInstrumentAsync())
        {
            Account = await node.NewAccountAsync(),
            Other = await node.NewAccountAsync(),
        };
        var market = await new AgentStart(client, venue.Told.Add, TimeProvider.System)
            .FindMarketAsync(venue.Symbol, TestContext.Current.CancellationToken);
        venue.Desk = new TradingDesk(client, market, venue.Account, "agent-" + venue.Symbol, venue.Told.Add);
        return venue;
    }

    /// <summary>Places another's order.</summary>
    public async Task<string> OtherAsync(string side, string price, string quantity, string more = "") =>
        (await _node.PlaceAsync(Other, Symbol, side, price, quantity, more)).Json
            .GetProperty("order").GetProperty("order_id").GetString()!;

    public async Task CancelOtherAsync(string order) =>
        (await _node.Client.DeleteAsync($"/v1/orders/{order}")).Expect(200);

    /// <summary>Single orders of a side of the book, from the best: price, quantity and id.</summary>
    public async Task<IReadOnlyList<(string Price, string Quantity, string Order)>> OrdersAsync(string side)
    {
        var book = (await _node.Client.GetAsync($"/v1/instruments/{Symbol}/book?level=3&depth=1000")).Expect(200).Json;
        return
        [
            .. book.GetProperty(side).EnumerateArray().Select(
                level => (level[0].GetString()!, level[1].GetString()!, level[2].GetString()!)),
        ];
    }

    public Task<IReadOnlyList<(string Price, string Quantity, string Order)>> BidsAsync() => OrdersAsync("bids");

    public Task<IReadOnlyList<(string Price, string Quantity, string Order)>> AsksAsync() => OrdersAsync("asks");

    /// <summary>Orders of the instrument that the exchange accepted, in log order.</summary>
    public async Task<IReadOnlyList<JsonElement>> AcceptedAsync()
    {
        var found = new List<JsonElement>();
        for (long next = 1, head = 1; next <= head;)
        {
            var page = (await _node.Client.GetAsync(
                $"/v1/feed?from_index={next}&limit=1000&types=order_accepted&instrument={Symbol}")).Expect(200).Json;
            found.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("data").Clone()));
            (next, head) = (page.GetProperty("next_index").GetInt64(), page.GetProperty("head_index").GetInt64());
        }

        return found;
    }

    public void Dispose() => _client.Dispose();
}
