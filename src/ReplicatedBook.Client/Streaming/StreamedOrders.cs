using System.Globalization;
using System.Text.Json;

namespace ReplicatedBook.Client.Streaming;

/// <summary>A book order by order, made of the messages of its channel <c>l3:</c>. Used by one thread.</summary>
public sealed class StreamedOrders
{
    // By price from the best on, then by who came first.
    private readonly SortedDictionary<(decimal Price, long Rank), StreamedOrder> _bids = [];
    private readonly SortedDictionary<(decimal Price, long Rank), StreamedOrder> _asks = [];
    private readonly Dictionary<string, (bool IsBid, (decimal, long) Place)> _places = [];
    private long _rank;

    /// <summary>Log index after which the book is so; 0 before the first snapshot.</summary>
    public long Index { get; private set; }

    /// <summary>Orders to buy, in the order in which they are filled.</summary>
    public IEnumerable<StreamedOrder> Bids => _bids.Values;

    /// <summary>Orders to sell, in the order in which they are filled.</summary>
    public IEnumerable<StreamedOrder> Asks => _asks.Values;

    /// <summary>Takes a message of the channel; an overrun changes nothing, as a snapshot follows it.</summary>
    public void Apply(StreamMessage message)
    {
        if (message.IsOverrun)
        {
            return;
        }

        if (message.IsSnapshot)
        {
            Begin(message.Data);
        }
        else
        {
            Change(message.Data);
        }

        Index = message.Index;
    }

    private void Begin(JsonElement data)
    {
        _bids.Clear();
        _asks.Clear();
        _places.Clear();
        foreach (var (name, isBid) in new[] { ("bids", true), ("asks", false) })
        {
            foreach (var line in data.GetProperty(name).EnumerateArray())
            {
                Add(isBid, new StreamedOrder(line[2].GetString()!, line[0].GetString()!, line[1].GetString()!));
            }
        }
    }

    private void Change(JsonElement data)
    {
        foreach (var removed in data.GetProperty("removed").EnumerateArray())
        {
            if (_places.Remove(removed.GetString()!, out var at))
            {
                SideOf(at.IsBid).Remove(at.Place);
            }
        }

        foreach (var changed in data.GetProperty("changed").EnumerateArray())
        {
            var order = OrderOf(changed);
            if (_places.TryGetValue(order.OrderId, out var at))
            {
                SideOf(at.IsBid)[at.Place] = order; // Who changes keeps the place.
            }
        }

        foreach (var added in data.GetProperty("added").EnumerateArray())
        {
            Add(added.GetProperty("side").GetString() == "buy", OrderOf(added));
        }
    }

    private void Add(bool isBid, StreamedOrder order)
    {
        var price = decimal.Parse(order.Price, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        var place = (isBid ? -price : price, ++_rank);
        _places[order.OrderId] = (isBid, place);
        SideOf(isBid)[place] = order;
    }

    private SortedDictionary<(decimal, long), StreamedOrder> SideOf(bool isBid) => isBid ? _bids : _asks;

    private static StreamedOrder OrderOf(JsonElement line) => new(
        line.GetProperty("order_id").GetString()!, line.GetProperty("price").GetString()!,
        line.GetProperty("quantity").GetString()!);
}
