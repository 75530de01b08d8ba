using System.Globalization;
using ReplicatedBook.Client;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cluster.Tests.Agents;

/// <summary>The orders of one account, as the log tells them.</summary>
internal sealed class AgentOrders
{
    private const int PageEvents = 1000;

    private readonly Dictionary<string, (string Side, decimal Left)> _open = [];

    /// <summary>Client order ids and quantities of what was accepted, in log order.</summary>
    public List<(string Name, decimal Quantity)> Accepted { get; } = [];

    /// <summary>Each log index after which its open orders changed, and how many there were of each side.</summary>
    public List<(long Index, int Bids, int Asks)> Open { get; } = [];

    /// <summary>Reads the whole feed.</summary>
    public static async Task<AgentOrders> ReadAsync(ReplicatedBookClient client, string account)
    {
        var orders = new AgentOrders();
        for (long next = 1, head = 1; next <= head;)
        {
            var page = (await client.GetFeedAsync(next, PageEvents)).Require();
            foreach (var item in page.Items)
            {
                orders.Add(item, account);
            }

            (next, head) = (page.NextIndex, page.HeadIndex);
        }

        return orders;
    }

    private void Add(FeedItem item, string account)
    {
        switch (item.Type)
        {
            case "order_accepted" when Text(item, "account_id") == account:
                var quantity = Number(item, "quantity");
                Accepted.Add((Text(item, "client_order_id"), quantity));
                _open[Text(item, "order_id")] = (Text(item, "side"), quantity);
                break;
            case "order_canceled" or "order_expired":
                _open.Remove(Text(item, "order_id"));
                break;
            case "trade":
                Fill(Text(item, "maker_order_id"), Number(item, "quantity"));
                Fill(Text(item, "taker_order_id"), Number(item, "quantity"));
                break;
            default:
                return;
        }

        Open.Add((
            item.Index, _open.Values.Count(order => order.Side == "buy"),
            _open.Values.Count(order => order.Side == "sell")));
    }

    private void Fill(string order, decimal quantity)
    {
        if (_open.TryGetValue(order, out var found))
        {
            _open[order] = found with { Left = found.Left - quantity };
            if (_open[order].Left == 0)
            {
                _open.Remove(order);
            }
        }
    }

    private static string Text(FeedItem item, string field) => item.Data.GetProperty(field).GetString()!;

    private static decimal Number(FeedItem item, string field) =>
        decimal.Parse(Text(item, field), CultureInfo.InvariantCulture);
}
