using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>Commands handed over as structs: no decoding, no result bytes.</summary>
internal sealed class TypedCore(
    Workload workload, int makerFee, int takerFee, int history, int ladderPrices = 0) : ITalliedCore
{
    private readonly WarmExchange _warm = new(
        makerFee, takerFee, workload.Books, history, ladderPrices, workload.Payout);
    private OrderTicket _ticket;

    /// <inheritdoc/>
    public string Name => $"core, typed commands, no results, fees {makerFee}/{takerFee} bps";

    /// <inheritdoc/>
    public Exchange Exchange => _warm.Exchange;

    /// <inheritdoc/>
    public void Prepare() => _warm.StartPass();

    /// <inheritdoc/>
    public EventBuffer Events => _warm.Events;

    /// <inheritdoc/>
    public void Run(int start, int count)
    {
        var (exchange, events, operations) = (_warm.Exchange, _warm.Events, workload.Operations);
        var user = new UserId(0);
        var turn = start % WarmExchange.AccountsPerSide; // Counted, or a division would be measured with every order.
        for (var i = start; i < start + count; i++)
        {
            events.Clear();
            exchange.Begin(exchange.AppliedIndex + 1, new Timestamp(_warm.Time), events);
            ref readonly var operation = ref operations[i];
            switch (operation.Kind)
            {
                case OperationKind.Cancel:
                    exchange.Cancel(user, default, _warm.OrdersBefore + operation.Order, clientOrderId: default);
                    break;
                case OperationKind.Replace:
                    var amend = new AmendOrder(
                        default, new OrderId(_warm.OrdersBefore + operation.Order), new Price(operation.Price),
                        default, default);
                    exchange.Amend(user, in amend);
                    break;
                default:
                    (_ticket.Instrument, _ticket.Side, _ticket.Price) =
                        WarmExchange.Terms(in operation, workload.Payout);
                    _ticket.Account = WarmExchange.AccountOf(operation.IsBuy, turn).Value;
                    _ticket.Lots = operation.Lots;
                    _ticket.TimeInForce = WarmExchange.TimeInForceOf(operation.Kind);
                    exchange.Place(user, in _ticket);
                    break;
            }

            turn = turn + 1 == WarmExchange.AccountsPerSide ? 0 : turn + 1;
        }
    }
}
