using System.Collections.Concurrent;
using System.Globalization;
using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Cluster.Tests.Processes;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cluster.Tests.Faults;

/// <summary>Clients that write to all nodes at once while nodes fail, and remember what they were told.</summary>
/// <remarks>No fees, so that money moves between two accounts and never leaves them.</remarks>
internal sealed class Traffic
{
    public const string Deposit = "1000000000.00";
    private const int Writers = 6;
    private static readonly TimeSpan ProgressLimit = TimeSpan.FromSeconds(60);

    private readonly ClusterProcesses _cluster;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, AcknowledgedOrder> _acknowledged = new();
    private readonly ConcurrentQueue<string> _wrong = new();
    private readonly Task[] _writers;
    private int _unknown;

    private Traffic(ClusterProcesses cluster, string[] accounts)
    {
        _cluster = cluster;
        Accounts = accounts;
        _writers = [.. Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer)))];
    }

    /// <summary>The two accounts that trade with each other.</summary>
    public IReadOnlyList<string> Accounts { get; }

    /// <summary>Orders that were acknowledged, by client order id.</summary>
    public IReadOnlyDictionary<string, AcknowledgedOrder> Acknowledged => _acknowledged;

    /// <summary>Answers that no client should ever get here.</summary>
    public IReadOnlyCollection<string> Wrong => _wrong;

    /// <summary>Opens accounts and the market, then starts to write.</summary>
    public static async Task<Traffic> StartAsync(ClusterProcesses cluster)
    {
        var client = cluster.Client;
        await SpotMarket.OpenAsync(client);
        var accounts = new string[2];
        for (var i = 0; i < accounts.Length; i++)
        {
            accounts[i] = (await client.CreateAccountAsync(new() { Label = $"trader {i}" })).Require().AccountId;
            foreach (var asset in new[] { "USD", "BTC" })
            {
                (await client.DepositAsync(accounts[i], new() { Asset = asset, Amount = Deposit })).Require();
            }
        }

        return new Traffic(cluster, accounts);
    }

    /// <summary>Waits until so many more orders have been acknowledged.</summary>
    public Task ProgressAsync(int orders)
    {
        var wanted = _acknowledged.Count + orders;
        return Patience.UntilAsync(
            () => Task.FromResult(_acknowledged.Count >= wanted || !_wrong.IsEmpty ? this : null), ProgressLimit,
            () => $"{_acknowledged.Count} of {wanted} orders acknowledged, {_unknown} unknown");
    }

    /// <summary>Lets every writer finish its last order.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_writers);
    }

    private async Task WriteAsync(int writer)
    {
        var random = new Random(writer);
        var endpoints = _cluster.Endpoints.Skip(writer % 3).Concat(_cluster.Endpoints.Take(writer % 3));
        using var client = new ReplicatedBookClient(endpoints);
        for (var number = 0; !_stopping.IsCancellationRequested; number++)
        {
            var order = Draw(random, $"w{writer}-{number}", Accounts[writer % 2]);
            var outcome = await client.PlaceOrderAsync(order);
            switch (outcome.Kind)
            {
                case OutcomeKind.Committed:
                    var placed = outcome.Require().Order;
                    _acknowledged[order.ClientOrderId!] = new(placed.OrderId, order.AccountId!, placed.CreatedIndex);
                    break;
                case OutcomeKind.Rejected:
                    _wrong.Enqueue($"{order.ClientOrderId}: {outcome.Describe()}");
                    break;
                default:
                    Interlocked.Increment(ref _unknown);
                    break;
            }
        }
    }

    private static PlaceOrderRequest Draw(Random random, string name, string account) => new()
    {
        AccountId = account,
        ClientOrderId = name,
        Instrument = SpotMarket.Symbol,
        Side = random.Next(2) == 0 ? "buy" : "sell",
        Type = "limit",
        Price = string.Create(CultureInfo.InvariantCulture, $"100.{random.Next(10, 30)}"),
        Quantity = string.Create(CultureInfo.InvariantCulture, $"{random.Next(1, 10)}"),
        Stp = "none",
    };
}
