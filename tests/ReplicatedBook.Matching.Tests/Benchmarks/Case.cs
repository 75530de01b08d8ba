using ReplicatedBook.Benchmarks.Flash1;
using ReplicatedBook.Benchmarks.Matching;

namespace ReplicatedBook.Matching.Tests.Benchmarks;

/// <summary>A few messages on an empty book, each with the trades that the rules demand; what else must be reported
/// follows from the message.</summary>
internal sealed class Case
{
    private const int Reports = 1 << 14;
    private const int Many = 500; // Of a case with more messages not every book is compared.

    private readonly List<Operation> _operations = [];
    private readonly List<List<Report>> _trades = [];
    private readonly HashSet<int> _rejected = [];
    private readonly HashSet<int> _canceled = [];

    public Case Buy(long id, long lots, long price) => Add(Operation.Place(id, true, price, lots));

    public Case Sell(long id, long lots, long price) => Add(Operation.Place(id, false, price, lots));

    public Case BuyNow(long id, long lots, long price) => Add(Operation.Immediate(id, true, price, lots));

    public Case SellNow(long id, long lots, long price) => Add(Operation.Immediate(id, false, price, lots));

    public Case Cancel(long id) => Add(Operation.Cancel(id));

    public Case ReplaceBuy(long id, long lots, long price) => Add(Operation.Replace(id, true, price, lots));

    public Case ReplaceSell(long id, long lots, long price) => Add(Operation.Replace(id, false, price, lots));

    /// <summary>The last message trades next with this order.</summary>
    public Case With(long maker, long lots, long price)
    {
        _trades[^1].Add(new Report
        {
            Kind = ReportKind.Trade,
            Sequence = _operations.Count - 1,
            Order = maker,
            Lots = (uint)lots,
            Price = price,
            Taker = _operations[^1].Order,
        });
        return this;
    }

    /// <summary>What is left of the last order is canceled.</summary>
    public Case RestCanceled()
    {
        _canceled.Add(_operations.Count - 1);
        return this;
    }

    /// <summary>The last message names no order that rests.</summary>
    public Case Rejected()
    {
        _rejected.Add(_operations.Count - 1);
        return this;
    }

    /// <summary>Runs it on every matcher: reports by rule, and after each message the book of a simple one.</summary>
    /// <param name="left">What rests at the end: buys, then sells, each best first, as "id:lots@price".</param>
    public void Leaves(string left)
    {
        var operations = _operations.ToArray();
        foreach (var core in Matchers.On(operations, Reports))
        {
            var naive = new ListBook();
            core.Prepare();
            core.Reports.Skip();
            for (var i = 0; i < operations.Length; i++)
            {
                var canceled = naive.Find(operations[i].Order);
                core.Run(i, 1);
                naive.Apply(in operations[i], i);
                Assert.Equal(Expected(i, canceled), Taken(core));
                if (operations.Length < Many || i % Many == 0)
                {
                    Assert.Equal(naive.Resting(), core.Resting());
                }
            }

            Assert.Equal(
                left, string.Join(' ', core.Resting().Select(order => $"{order.Order}:{order.Lots}@{order.Price}")));
        }
    }

    /// <summary>The canonical lines of the reports that wait.</summary>
    public static List<string> Taken(IReportingCore core)
    {
        var lines = new List<string>();
        while (core.Reports.TryTake(out var report))
        {
            lines.Add(CanonicalReports.Line(in report));
        }

        return lines;
    }

    private Case Add(Operation operation)
    {
        _operations.Add(operation);
        _trades.Add([]);
        return this;
    }

    private IEnumerable<string> Expected(int i, RestingOrder canceled)
    {
        var operation = _operations[i];
        var side = operation.IsBuy ? 0 : 1;
        var about = $"{i},{side},{operation.Order},{operation.Price}";
        var trades = _trades[i].Select(trade => CanonicalReports.Line(in trade));
        if (_rejected.Contains(i))
        {
            return [$"{(operation.Kind == OperationKind.Cancel ? 4 : 5)},{i},{operation.Order}"];
        }

        return operation.Kind switch
        {
            OperationKind.Cancel => [$"2,{i},{(canceled.IsBuy ? 0 : 1)},{canceled.Order},{canceled.Price}"],
            OperationKind.Replace => [.. trades, $"3,{about},{operation.Lots}"],
            _ when _canceled.Contains(i) => [$"0,{about},{operation.Lots}", .. trades, $"2,{about}"],
            _ => [$"0,{about},{operation.Lots}", .. trades],
        };
    }
}
