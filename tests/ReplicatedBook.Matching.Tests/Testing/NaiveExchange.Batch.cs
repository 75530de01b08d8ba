using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <content>Batches of the naive exchange, and copies of it.</content>
internal sealed partial class NaiveExchange
{
    private readonly List<NaiveOrder> _held = [];

    public IReadOnlyList<RejectReason> PlaceBatch(in PlaceBatch batch) =>
        batch.IsAtomic ? PlaceTogether(batch.Orders) : [.. batch.Orders.Select(order => Place(in order))];

    /// <summary>All or none: each is checked on the state before the first, beside those before it, which take what
    /// they need and bring nothing. If none is refused all are taken in, one after the other, while what those behind
    /// it need is held; then what they triggered trades.</summary>
    private IReadOnlyList<RejectReason> PlaceTogether(IReadOnlyList<PlaceOrder> commands)
    {
        var orders = commands.Select(command => Read(in command)).ToList();
        var reasons = new List<RejectReason>();
        foreach (var order in orders)
        {
            var reason = CheckTogether(order, orders[..reasons.Count]);
            reasons.Add(reason);
            if (reason == RejectReason.None)
            {
                _held.Add(order);
            }
        }

        if (reasons.All(reason => reason == RejectReason.None))
        {
            foreach (var order in orders)
            {
                _held.Remove(order);
                Accept(order);
                Collect(order.Instrument);
            }

            Trigger();
            return reasons;
        }

        _held.Clear();
        for (var i = 0; i < reasons.Count; i++)
        {
            reasons[i] = reasons[i] == RejectReason.None ? RejectReason.BatchAborted : reasons[i];
            Events.On(new OrderRejected(
                commands[i].Account, commands[i].ClientOrderId, commands[i].Instrument, reasons[i]));
        }

        return reasons;
    }

    private RejectReason CheckTogether(NaiveOrder order, IReadOnlyList<NaiveOrder> before) =>
        HasTooManyOpen(order, before) ? RejectReason.TooManyOpenOrders
        : order.Given.IsPostOnly && before.Any(o => o.Instrument == order.Instrument && o.Side != order.Side
            && o.Given.Type == OrderType.Limit && Crosses(order.Side, order.Price, o.Price))
            ? RejectReason.PostOnlyWouldTake
        : Check(order);

    /// <summary>An exchange of its own in the same state, without its history of events.</summary>
    private NaiveExchange Copy()
    {
        var copy = new NaiveExchange(maxOpenOrders) { Now = Now, _place = _place, _trades = _trades };
        copy._postings.AddRange(_postings);
        copy._held.AddRange(_held);
        copy.Instruments.AddRange(Instruments.Select(instrument => instrument.Copy()));
        copy.Orders.AddRange(Orders.Select(o => o.Copy(copy.Instruments[o.Instrument.Id - 1], o.Id)));
        return copy;
    }
}
