using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <content>What happens later in the naive exchange: stop orders trigger, orders end, dead man's switches
/// fire.</content>
internal sealed partial class NaiveExchange
{
    private readonly Queue<NaiveOrder> _triggered = [];

    /// <summary>When the switch of each account fires; none is not there.</summary>
    public SortedDictionary<int, long> Switches { get; } = [];

    /// <summary>Stop orders that wait, in the order in which they trigger.</summary>
    public IEnumerable<NaiveOrder> Waiting(NaiveInstrument instrument, Side side) => Orders
        .Where(o => o.Status == OrderStatus.Pending && !o.IsTriggered && o.Instrument == instrument && o.Side == side)
        .OrderBy(o => side == Side.Buy ? o.Given.StopPrice.Ticks : -o.Given.StopPrice.Ticks)
        .ThenBy(o => o.Place);

    /// <summary>Moves time on and does what is due by then.</summary>
    public void Begin(long now)
    {
        Now = now;
        while (true)
        {
            var ending = Orders.Where(o => o.IsOpen && o.Given.TimeInForce == TimeInForce.GoodTilDate)
                .OrderBy(o => o.Given.ExpiresAt.Microseconds).FirstOrDefault();
            var firing = Switches.OrderBy(s => s.Value).FirstOrDefault();
            var end = ending?.Given.ExpiresAt.Microseconds ?? long.MaxValue;
            var fire = firing.Key == 0 ? long.MaxValue : firing.Value;
            if (end <= now && end <= fire)
            {
                Expire(ending!, StatusReason.GoodTilDate);
            }
            else if (fire <= now)
            {
                SetSwitch(firing.Key, 0);
                foreach (var order in Orders.Where(o => o.IsOpen && o.Account == firing.Key))
                {
                    Cancel(order, StatusReason.CancelAfter);
                }
            }
            else
            {
                return;
            }
        }
    }

    /// <param name="account">Whose.</param>
    /// <param name="at">0 for never.</param>
    public void SetSwitch(int account, long at)
    {
        Switches.Remove(account);
        if (at != 0)
        {
            Switches.Add(account, at);
        }

        Events.On(new CancelAfterChanged(new AccountId(account), new Timestamp(at)));
    }

    /// <summary>After an order: what its trades reached stands in line, buys first.</summary>
    private void Collect(NaiveInstrument instrument)
    {
        if (instrument.Traded.Count == 0)
        {
            return;
        }

        var (low, high) = (instrument.Traded.Min(), instrument.Traded.Max());
        instrument.Traded.Clear();
        var buys = Waiting(instrument, Side.Buy).Where(o => o.Given.StopPrice.Ticks <= high).ToList();
        var sells = Waiting(instrument, Side.Sell).Where(o => o.Given.StopPrice.Ticks >= low).ToList();
        foreach (var order in buys.Concat(sells))
        {
            order.IsTriggered = true;
            _triggered.Enqueue(order);
        }
    }

    /// <summary>All that stands in line trades, one after the other; what those reach stands behind.</summary>
    private void Trigger()
    {
        while (_triggered.TryDequeue(out var order))
        {
            Events.On(new OrderTriggered(
                new OrderId(order.Id), new AccountId(order.Account), new InstrumentId(order.Instrument.Id), order.Side,
                order.Given.StopPrice));
            GoThroughBook(order);
            Collect(order.Instrument);
        }
    }
}
