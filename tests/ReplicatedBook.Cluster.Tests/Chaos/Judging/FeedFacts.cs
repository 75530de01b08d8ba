using ReplicatedBook.Cluster.Tests.Chaos.Load;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cluster.Tests.Chaos.Judging;

/// <summary>What the feed told of one round, in log order. One writer; to be read when that has ended.</summary>
/// <param name="counters">Accounts whose money is followed.</param>
/// <param name="fought">Account whose resting orders are followed.</param>
internal sealed class FeedFacts(IReadOnlyCollection<string> counters, string fought)
{
    private readonly HashSet<string> _counters = [.. counters];
    private readonly Dictionary<string, (string Account, string Name)> _orders = [];

    /// <summary>Index at which each account was opened; before it, a node that lags rightly knows none.</summary>
    public Dictionary<string, long> Opened { get; } = [];

    /// <summary>Changes of money of counting accounts, by account, in log order.</summary>
    public Dictionary<string, List<MoneyFact>> Money { get; } = [];

    /// <summary>Accepted orders, by account and client order id, in log order.</summary>
    public Dictionary<string, List<AcceptedFact>> Accepted { get; } = [];

    /// <summary>Indexes at which orders were taken out, by account and client order id.</summary>
    public Dictionary<string, List<long>> Canceled { get; } = [];

    /// <summary>The events of the market, for the replay.</summary>
    public List<MarketFact> Market { get; } = [];

    /// <summary>The account over whose orders clients fight.</summary>
    public string Fought => fought;

    /// <summary>First index of which events may be missing; <see cref="long.MaxValue"/> when none are.</summary>
    public long CompleteBelow { get; set; } = long.MaxValue;

    /// <summary>Takes an event.</summary>
    public void Add(FeedItem item)
    {
        switch (item.Type)
        {
            case "account_changed":
                Opened.TryAdd(Text(item, "account_id"), item.Index);
                break;
            case "balance_changed" when _counters.Contains(Text(item, "account_id")):
                ListOf(Money, Text(item, "account_id")).Add(new MoneyFact(
                    item.Index, Units(item, "change"), Units(item, "total")));
                break;
            case "order_accepted":
                Accept(item);
                break;
            case "order_canceled":
                if (_orders.TryGetValue(Text(item, "order_id"), out var order))
                {
                    ListOf(Canceled, $"{order.Account}/{order.Name}").Add(item.Index);
                }

                AddMarket(item, new MarketFact(item.Index, MarketEvent.Canceled, Text(item, "order_id"), "", "", 0, 0));
                break;
            case "trade":
                AddMarket(item, new MarketFact(
                    item.Index, MarketEvent.Traded, Text(item, "taker_order_id"), Text(item, "maker_order_id"),
                    Text(item, "taker_side"), Units(item, "price"), Units(item, "quantity")));
                break;
        }
    }

    private void Accept(FeedItem item)
    {
        var (account, order) = (Text(item, "account_id"), Text(item, "order_id"));
        if (item.Data.TryGetProperty("client_order_id", out var name))
        {
            _orders[order] = (account, name.GetString()!);
            ListOf(Accepted, $"{account}/{name.GetString()}").Add(
                new AcceptedFact(item.Index, order, Units(item, "quantity")));
        }

        AddMarket(item, new MarketFact(
            item.Index, MarketEvent.Accepted, order, "", Text(item, "side"), Units(item, "price"),
            Units(item, "quantity")));
    }

    private void AddMarket(FeedItem item, MarketFact fact)
    {
        if (Text(item, "instrument") == Stage.Market)
        {
            Market.Add(fact);
        }
    }

    private static string Text(FeedItem item, string field) => item.Data.GetProperty(field).GetString()!;

    private static long Units(FeedItem item, string field) => Load.Money.Units(Text(item, field));

    private static List<T> ListOf<T>(Dictionary<string, List<T>> lists, string key)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists[key] = list = [];
        }

        return list;
    }
}
