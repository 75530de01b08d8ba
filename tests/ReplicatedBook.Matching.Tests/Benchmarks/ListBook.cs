using ReplicatedBook.Benchmarks.Matching;

namespace ReplicatedBook.Matching.Tests.Benchmarks;

/// <summary>A book too simple to be wrong: one list in order of arrival, searched from end to end.</summary>
internal sealed class ListBook
{
    private readonly List<RestingOrder> _orders = [];

    /// <summary>Carries out an operation.</summary>
    /// <returns>What is to be reported.</returns>
    public List<Report> Apply(in Operation operation, long sequence)
    {
        var (kind, id) = (operation.Kind, operation.Order);
        var about = new Report
        {
            Sequence = sequence,
            Order = id,
            IsBuy = operation.IsBuy,
            Price = operation.Price,
            Lots = operation.Lots,
        };
        var old = _orders.FindIndex(order => order.Order == id);
        if (kind is OperationKind.Cancel or OperationKind.Replace && old < 0)
        {
            return
            [
                about with
                {
                    Kind = kind == OperationKind.Cancel ? ReportKind.CancelRejected : ReportKind.ReplaceRejected,
                },
            ];
        }

        if (kind == OperationKind.Cancel)
        {
            var canceled = _orders[old];
            _orders.RemoveAt(old);
            return [about with { Kind = ReportKind.Canceled, IsBuy = canceled.IsBuy, Price = canceled.Price }];
        }

        if (kind == OperationKind.Replace)
        {
            _orders.RemoveAt(old);
        }

        var trades = Match(in operation, about, out var left);
        return kind switch
        {
            OperationKind.Replace => [.. trades, about with { Kind = ReportKind.Replaced }],
            OperationKind.PlaceImmediate when left > 0 =>
                [about with { Kind = ReportKind.Accepted }, .. trades, about with { Kind = ReportKind.Canceled }],
            _ => [about with { Kind = ReportKind.Accepted }, .. trades],
        };
    }

    /// <summary>An order by its id; none for the default.</summary>
    public RestingOrder Find(long id) => _orders.Find(order => order.Order == id);

    /// <summary>Buys, then sells, each best price first and oldest first.</summary>
    public List<RestingOrder> Resting() =>
    [
        .. _orders.Where(order => order.IsBuy).OrderByDescending(order => order.Price),
        .. _orders.Where(order => !order.IsBuy).OrderBy(order => order.Price),
    ];

    private List<Report> Match(in Operation taker, Report about, out long left)
    {
        var trades = new List<Report>();
        left = taker.Lots;
        while (left > 0 && BestFor(in taker) is >= 0 and var best)
        {
            var maker = _orders[best];
            var lots = Math.Min(left, maker.Lots);
            left -= lots;
            trades.Add(about with
            {
                Kind = ReportKind.Trade,
                Order = maker.Order,
                Price = maker.Price,
                Lots = (uint)lots,
                Taker = taker.Order,
            });
            _orders[best] = maker with { Lots = maker.Lots - lots };
            if (maker.Lots == lots)
            {
                _orders.RemoveAt(best);
            }
        }

        if (left > 0 && taker.Kind != OperationKind.PlaceImmediate)
        {
            _orders.Add(new RestingOrder(taker.IsBuy, taker.Price, taker.Order, left));
        }

        return trades;
    }

    private int BestFor(in Operation taker)
    {
        var best = -1;
        for (var i = 0; i < _orders.Count; i++)
        {
            var order = _orders[i];
            var matches = order.IsBuy != taker.IsBuy
                && (taker.IsBuy ? order.Price <= taker.Price : order.Price >= taker.Price);
            var isBetter = best < 0
                || (taker.IsBuy ? order.Price < _orders[best].Price : order.Price > _orders[best].Price);
            best = matches && isBetter ? i : best;
        }

        return best;
    }
}
