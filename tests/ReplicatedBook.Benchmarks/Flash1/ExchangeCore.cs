using System.Runtime.InteropServices;
using ReplicatedBook.Benchmarks.Matching;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Benchmarks.Flash1;

/// <summary>The whole exchange under foreign order ids: accounts, balances, closed orders and trades kept. Buyers and
/// sellers are two accounts, so that nobody trades with himself.</summary>
/// <remarks>A replaced order is canceled and placed again, because an amended one may keep its place.</remarks>
internal sealed class ExchangeCore : IReportingCore
{
    private const int Buyer = 1;

    private readonly Operation[] _operations;
    private readonly WarmExchange _warm;
    private readonly Dictionary<long, long> _ours = [];
    private readonly ReportingEvents _events;
    private OrderTicket _ticket = new() { Instrument = 1 };

    /// <summary>An exchange without orders.</summary>
    /// <param name="operations">What it runs.</param>
    /// <param name="reports">Where it reports.</param>
    /// <param name="history">Closed orders it keeps.</param>
    public ExchangeCore(Operation[] operations, ReportRing reports, int history)
    {
        _warm = new WarmExchange(makerFee: 0, takerFee: 0, instruments: 1, history);
        _operations = operations;
        _events = new ReportingEvents(reports);
    }

    /// <inheritdoc/>
    public string Name => "whole exchange (accounts, balances, history)";

    /// <inheritdoc/>
    public ReportRing Reports => _events.Reports;

    /// <inheritdoc/>
    public void Prepare()
    {
        _warm.StartPass();
        _ours.Clear();
        _warm.Events.Clear();
        _events.Clear(_warm.OrdersBefore);
    }

    /// <inheritdoc/>
    public void Run(int start, int count)
    {
        for (var i = start; i < start + count; i++)
        {
            _events.Sequence = i;
            ref readonly var operation = ref _operations[i];
            _warm.Exchange.Begin(_warm.Exchange.AppliedIndex + 1, new Timestamp(_warm.Time), _warm.Events);
            switch (operation.Kind)
            {
                case OperationKind.Cancel:
                    if (!Cancel(operation.Order))
                    {
                        Reports.Add(ReportKind.CancelRejected, false, i, operation.Order, 0, 0);
                    }

                    break;
                case OperationKind.Replace:
                    Replace(in operation, i);
                    break;
                default:
                    Place(in operation);
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public List<RestingOrder> Resting()
    {
        var book = _warm.Exchange.Book(new InstrumentId(1), int.MaxValue, withOrders: true)!;
        return
        [
            .. book.BidOrders.Select(order => (IsBuy: true, Order: order))
                .Concat(book.AskOrders.Select(order => (IsBuy: false, Order: order)))
                .Select(one => new RestingOrder(
                    one.IsBuy, one.Order.Price.Ticks, _events.Theirs(one.Order.Order.Value),
                    one.Order.Remaining.Lots)),
        ];
    }

    private void Place(in Operation operation)
    {
        _events.Accept(operation.Order);
        CollectionsMarshal.GetValueRefOrAddDefault(_ours, operation.Order, out _) = _events.LastOurs;
        _ticket.Account = operation.IsBuy ? Buyer : WarmExchange.AccountsPerSide + 1;
        _ticket.Side = operation.IsBuy ? Side.Buy : Side.Sell;
        _ticket.Price = _events.Price = operation.Price;
        _ticket.Lots = operation.Lots;
        _ticket.TimeInForce = operation.Kind == OperationKind.PlaceImmediate
            ? TimeInForce.ImmediateOrCancel
            : TimeInForce.GoodTilCanceled;
        var reason = _warm.Exchange.Place(new UserId(0), in _ticket);
        Report();
        if (reason != RejectReason.None)
        {
            throw new InvalidOperationException($"order {operation.Order} was refused: {reason}");
        }
    }

    private bool Cancel(long order)
    {
        if (!_ours.TryGetValue(order, out var ours)
            || _warm.Exchange.Cancel(new UserId(0), default, ours, clientOrderId: default) != RejectReason.None)
        {
            return false;
        }

        Report();
        return true;
    }

    private void Report()
    {
        EventCodec.Read(_warm.Events.Bytes, _events);
        _warm.Events.Clear();
    }

    private void Replace(in Operation operation, long sequence)
    {
        _events.IsReplacing = true;
        if (Cancel(operation.Order))
        {
            Place(in operation);
            Reports.Add(
                ReportKind.Replaced, operation.IsBuy, sequence, operation.Order, operation.Price, operation.Lots);
        }
        else
        {
            Reports.Add(ReportKind.ReplaceRejected, false, sequence, operation.Order, 0, 0);
        }

        _events.IsReplacing = false;
    }
}
