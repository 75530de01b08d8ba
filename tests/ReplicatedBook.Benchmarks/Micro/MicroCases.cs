using ReplicatedBook.Benchmarks.Matching;

namespace ReplicatedBook.Benchmarks.Micro;

/// <summary>What is measured: plain things, each alone, so nothing is drawn.</summary>
internal static class MicroCases
{
    private const int Orders = 1_024;
    private const int Levels = 64;
    private const int LotsOfALevel = 5;
    private const int Middle = 100_000;

    /// <summary>Books of the sweeps, one for each: a single one is too short for the clock.</summary>
    private const int Books = 64;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MicroCase> All =>
    [
        Of("1,024 adds over 64 levels", 0, Orders, Add),
        Of("1,024 updates (another price) over 64 levels", Orders, Orders, Update),
        Of("1,024 cancels over 64 levels", Orders, Orders, Cancel),
        Of("limit of 320 lots sweeps 64 levels", Books * Levels, Books, Sweep, Books),
        Of("market of 128 lots into 64 levels of 5", Books * Levels, Books, Market, Books),
    ];

    private static MicroCase Of(string name, int setUp, int operations, Action<WorkloadBuilder> build, int books = 1)
    {
        var builder = new WorkloadBuilder(setUp + operations, books);
        build(builder);
        return builder.IsFull
            ? new MicroCase(builder.Build(name), setUp)
            : throw new InvalidOperationException($"{name} has {builder.Count} operations");
    }

    private static void Add(WorkloadBuilder builder)
    {
        for (var i = 0; i < Orders; i++)
        {
            builder.Place(isBuy: true, Middle - (i % Levels), lots: 10);
        }
    }

    /// <summary>Every order goes half of the levels on, where others of them stand.</summary>
    private static void Update(WorkloadBuilder builder)
    {
        Add(builder);
        var resting = Enumerable.Range(0, Orders).Select(at => builder.Live()[at]).ToArray();
        foreach (var order in resting)
        {
            builder.Move(order, Middle - ((Middle - order.Price + (Levels / 2)) % Levels));
        }
    }

    private static void Cancel(WorkloadBuilder builder)
    {
        Add(builder);
        for (var order = 1; order <= Orders; order++)
        {
            builder.Cancel(order);
        }
    }

    /// <summary>In every book one order takes all there is.</summary>
    private static void Sweep(WorkloadBuilder builder)
    {
        Fill(builder);
        for (var book = 0; book < Books; book++)
        {
            builder.Place(isBuy: true, Middle + Levels - 1, Levels * LotsOfALevel, book);
        }
    }

    /// <summary>As the interfaces make it of a market order: immediate, at a price that reaches every level.</summary>
    private static void Market(WorkloadBuilder builder)
    {
        Fill(builder);
        for (var book = 0; book < Books; book++)
        {
            builder.PlaceImmediate(isBuy: true, Middle + (2 * Levels), lots: 128, book);
        }
    }

    private static void Fill(WorkloadBuilder builder)
    {
        for (var book = 0; book < Books; book++)
        {
            for (var level = 0; level < Levels; level++)
            {
                builder.Place(isBuy: false, Middle + level, LotsOfALevel, book);
            }
        }
    }
}
