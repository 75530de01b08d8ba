using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>Commands handed over as structs: no decoding, no result bytes.</summary>
internal sealed class TypedCore(Workload workload, int makerFee, int takerFee) : ICore
{
    private readonly WarmExchange _warm = new(makerFee, takerFee);

    /// <inheritdoc/>
    public string Name => $"core, typed commands, no results, fees {makerFee}/{takerFee} bps";

    /// <inheritdoc/>
    public long Trades => _warm.LastTrade - _warm.TradesBefore;

    /// <inheritdoc/>
    public void Prepare() => _warm.StartPass(workload.Orders);

    /// <inheritdoc/>
    public void Run()
    {
        var (exchange, events, operations) = (_warm.Exchange, _warm.Events, workload.Operations);
        var user = new UserId(0);
        var ticket = new OrderTicket { Instrument = 1 };
        for (var i = 0; i < operations.Length; i++)
        {
            events.Clear();
            exchange.Begin(exchange.AppliedIndex + 1, new Timestamp(_warm.Time), events);
            ref readonly var operation = ref operations[i];
            if (operation.IsCancel)
            {
                exchange.Cancel(user, default, _warm.OrdersBefore + operation.Order, clientOrderId: default);
            }
            else
            {
                ticket.Account = WarmExchange.AccountOf(operation.IsBuy, i).Value;
                ticket.Side = operation.IsBuy ? Side.Buy : Side.Sell;
                ticket.Price = operation.Price;
                ticket.Lots = operation.Lots;
                exchange.Place(user, in ticket);
            }
        }
    }
}
