using System.Globalization;
using ReplicatedBook.Client.Streaming;

namespace ReplicatedBook.Cluster.Tests.Faults.Followers;

/// <summary>The book of the market order by order, made of events of the feed. Used by one thread.</summary>
internal sealed class EventBook
{
    private readonly Dictionary<string, RestingOrder> _orders = [];

    /// <summary>Levels from the best bid on.</summary>
    public IEnumerable<StreamedLevel> Bids => Levels(isBuy: true).Reverse();

    /// <summary>Levels from the best ask on.</summary>
    public IEnumerable<StreamedLevel> Asks => Levels(isBuy: false);

    /// <summary>Puts in an order that rests, or takes out one that has nothing left.</summary>
    public void Put(RestingOrder order)
    {
        if (order.Lots > 0)
        {
            _orders[order.Id] = order;
        }
        else
        {
            _orders.Remove(order.Id);
        }
    }

    /// <summary>Takes an event.</summary>
    /// <returns>Whether it changed the book.</returns>
    /// <exception cref="KeyNotFoundException">It is about an order that is not there.</exception>
    public bool Take(ToldEvent told)
    {
        switch (told.Type)
        {
            case "order_accepted":
                Put(new RestingOrder(
                    told.Fields["order_id"], told.Fields["side"] == "buy", told.Fields["price"],
                    Number(told.Fields["quantity"])));
                return true;
            case "trade":
                foreach (var side in new[] { "maker", "taker" })
                {
                    var order = _orders[told.Fields[side + "_order_id"]];
                    Put(order with { Lots = order.Lots - Number(told.Fields["quantity"]) });
                }

                return true;
            default:
                return false; // The traffic of these tests cancels and changes nothing.
        }
    }

    private IEnumerable<StreamedLevel> Levels(bool isBuy) => _orders.Values
        .Where(order => order.IsBuy == isBuy)
        .GroupBy(order => order.Price)
        .OrderBy(level => decimal.Parse(level.Key, CultureInfo.InvariantCulture))
        .Select(level => new StreamedLevel(
            level.Key, level.Sum(order => order.Lots).ToString(CultureInfo.InvariantCulture)));

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
