using ReplicatedBook.Benchmarks.Matching;

namespace ReplicatedBook.Matching.Tests.Benchmarks;

/// <summary>Goal: workloads are what their description says, and the same every time.</summary>
public sealed class WorkloadsTests
{
    private const int Operations = 100_000;

    public static TheoryData<string> Names => [.. Makers.Keys];

    private static Dictionary<string, Func<int, Workload>> Makers { get; } = new()
    {
        ["W1"] = Workloads.Mixed,
        ["W2"] = Workloads.Matching,
        ["W3"] = Workloads.BuildAndCancel,
        ["W4"] = Workloads.ExchangeMix,
        ["W5"] = Workloads.ManyBooks,
        ["W6"] = Workloads.Outcomes,
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Same_seed_gives_the_same_workload(string name)
    {
        var (one, other) = (Makers[name](Operations), Makers[name](Operations));
        Assert.StartsWith(name, one.Name, StringComparison.Ordinal);
        Assert.Equal(Operations, one.Operations.Length);
        Assert.Equal(one.Operations, other.Operations);
        Assert.Equal(one with { Operations = other.Operations }, other);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_core_comes_to_the_totals_of_the_reference(string name)
    {
        const int Few = 20_000;
        var workload = Makers[name](Few);
        var ring = new ReportRing(1 << 10);
        ICore[] cores =
        [
            new TypedCore(workload, 0, 0, history: 100), new TypedCore(workload, -1, 5, history: 100, 1 << 17),
            new EncodedCore(workload, -1, 5, history: 100),
            new IdiomaticCore(workload.Operations, workload.Books, ring),
            BookCores.Sorted(workload.Operations, workload.Books, ring),
            BookCores.Ladder(workload.Operations, workload.Books, ring)!,
        ];
        Assert.All(cores, core => Assert.Equal(workload.Totals, Tally.Of(core, Few)));
    }

    [Fact]
    public void Mixed_is_the_published_one()
    {
        var workload = Workloads.Mixed(2_000_000);
        Assert.Equal(789_633, workload.Totals.Trades);
        Assert.Equal((5_318, 228), (workload.PeakOrders, workload.PeakLevels));
        Assert.Equal(0.3, Share(workload, OperationKind.Cancel), tolerance: 0.001);
    }

    [Fact]
    public void Matching_trades_in_most_operations()
    {
        var workload = Workloads.Matching(2_000_000);
        Assert.InRange(workload.Totals.Trades, 1_600_000, 1_720_000);
        Assert.Equal(0.04, Share(workload, OperationKind.Cancel), tolerance: 0.001);
        Assert.InRange(workload.PeakOrders, 1_440, 2_600);
        Assert.Contains(workload.Operations, operation => operation.Lots > 100);
    }

    [Fact]
    public void Build_and_cancel_never_trades_and_ends_with_an_empty_book()
    {
        var workload = Workloads.BuildAndCancel(Operations);
        Assert.Equal(default, workload.Totals);
        Assert.Equal((Operations / 2, 2_000), (workload.PeakOrders, workload.PeakLevels));
        Assert.Equal(0.5, Share(workload, OperationKind.Cancel));
        Assert.Equal(
            Operations / 2,
            workload.Operations.Where(operation => operation.Kind == OperationKind.Cancel)
                .Select(operation => operation.Order).Distinct().Count());
    }

    [Fact]
    public void Exchange_mix_has_the_published_shares_and_keeps_its_size()
    {
        var workload = Workloads.ExchangeMix(Operations);
        // What fills the book at first is no move.
        Assert.Equal(0.82, Share(workload, OperationKind.Replace), tolerance: 0.015);
        Assert.Equal(0.06, Share(workload, OperationKind.Cancel), tolerance: 0.003);
        Assert.Equal(0.03, Share(workload, OperationKind.PlaceImmediate), tolerance: 0.002);
        Assert.InRange(workload.PeakOrders, 1_000, 1_300);
        Assert.InRange(workload.PeakLevels, 700, 900);
    }

    [Fact]
    public void Busiest_book_of_many_has_the_share_of_a_Zipf_distribution()
    {
        var workload = Workloads.ManyBooks(Operations);
        var counts = workload.Operations.CountBy(operation => operation.Book).ToDictionary();
        Assert.Equal(100, counts.Count);
        Assert.Equal(1 / 5.187, counts[0] / (double)Operations, tolerance: 0.01); // The hundredth harmonic number.
        Assert.Equal(2, counts[0] / (double)counts[1], tolerance: 0.1);
    }

    private static double Share(Workload workload, OperationKind kind) =>
        workload.Operations.Count(operation => operation.Kind == kind) / (double)workload.Operations.Length;
}
