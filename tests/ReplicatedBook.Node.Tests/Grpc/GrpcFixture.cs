using Google.Protobuf;
using ReplicatedBook.Contracts.Grpc;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Grpc;

/// <summary>A node that serves gRPC and lines, for each test class one, with a market in it: tick 0.01, lot 0.0001, USD
/// of two digits, BTC of eight, EUR of four.</summary>
public class GrpcFixture : IAsyncLifetime
{
    private const string Package = "/replicatedbook.v1.";
    public const string Symbol = "BTC-USD";

    private TestNode? _node;
    private GrpcTestClient? _client;

    public TestNode Node => _node!;

    public TestClient Http => Node.Client;

    internal GrpcTestClient Client => _client!;

    /// <summary>How the node is set up besides.</summary>
    protected virtual string[] Settings => [];

    public async ValueTask InitializeAsync()
    {
        var port = TestNode.FreePort();
        _node = await TestNode.StartReadyAsync([$"--Grpc:Port={port}", "--Tcp:Port=0", .. Settings]);
        await _node.WaitForFeatureLevelAsync();
        _client = new GrpcTestClient(new Uri($"http://127.0.0.1:{port}"));
        foreach (var (asset, scale) in new[] { ("USD", 2), ("BTC", 8), ("EUR", 4) })
        {
            (await Http.PostAsync("/v1/assets", $$"""{"asset":"{{asset}}","scale":{{scale}}}""")).Expect(201);
        }

        (await Http.PostAsync("/v1/instruments", NodeFixture.Instrument(Symbol))).Expect(201);
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        GC.SuppressFinalize(this);
        return Node.DisposeAsync();
    }

    /// <summary>Calls a method of our package, as "Trading/PlaceOrder".</summary>
    internal Task<GrpcReply<T>> CallAsync<T>(
        string method, IMessage request, MessageParser<T> parser, params (string, string)[] metadata)
        where T : class, IMessage<T> => Client.CallAsync(Package + method, request, parser, metadata);

    /// <summary>A new account with a million USD, a hundred BTC and a thousand EUR.</summary>
    public async Task<string> NewAccountAsync()
    {
        var account = (await Http.PostAsync("/v1/accounts", "{}")).Expect(201).TextAt("account_id")!;
        foreach (var (asset, amount) in new[] { ("USD", "1000000"), ("BTC", "100"), ("EUR", "1000") })
        {
            (await Http.PostAsync(
                $"/v1/accounts/{account}/deposits", $$"""{"asset":"{{asset}}","amount":"{{amount}}"}""")).Expect(201);
        }

        return account;
    }

    /// <summary>A limit order on the market.</summary>
    public static PlaceOrderRequest Limit(
        string account, Side side, long ticks, long lots, string clientOrderId = "") => new()
        {
            AccountId = account,
            ClientOrderId = clientOrderId,
            Instrument = Symbol,
            Side = side,
            Type = OrderType.Limit,
            PriceTicks = ticks,
            QtyLots = lots,
        };

    internal async Task<OrderReply> PlaceAsync(PlaceOrderRequest order) =>
        (await CallAsync("Trading/PlaceOrder", order, OrderReply.Parser)).Ok();
}
