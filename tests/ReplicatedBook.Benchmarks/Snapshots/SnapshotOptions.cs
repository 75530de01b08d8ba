using System.Globalization;

namespace ReplicatedBook.Benchmarks.Snapshots;

/// <summary>What the command line asks for.</summary>
/// <param name="Orders">How many orders rest.</param>
internal sealed record SnapshotOptions(int Orders)
{
    private const int MostOrders = 3_000_000; // With those that come meanwhile, below what an exchange may hold.

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ArgumentException">They are not understood; the message says which and why.</exception>
    public static SnapshotOptions Parse(IReadOnlyList<string> arguments) => arguments switch
    {
        [] => new SnapshotOptions(1_000_000),
        ["--orders", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var orders)
            && orders is >= 1 and <= MostOrders => new SnapshotOptions(orders),
        ["--orders", ..] => throw new ArgumentException($"--orders: one number from 1 to {MostOrders}"),
        _ => throw new ArgumentException($"{arguments[0]}: unknown option"),
    };
}
