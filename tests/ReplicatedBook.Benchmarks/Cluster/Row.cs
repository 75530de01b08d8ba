using System.Globalization;

namespace ReplicatedBook.Benchmarks.Cluster;

/// <summary>One line of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Measured">The figure; null when it was not measured.</param>
/// <param name="Must">What it has to reach; null where nothing is asked.</param>
/// <param name="IsTime">Whether it is milliseconds, of which fewer are better; else operations per second.</param>
/// <param name="Load">Behind the figure, where there is one.</param>
/// <param name="Note">Anything else worth knowing.</param>
internal sealed record Row(
    string What, double? Measured, double? Must, bool IsTime = false, LoadResult? Load = null, string Note = "")
{
    private const string Nothing = "-";

    /// <summary>How well the figure reaches what it must: 1 or more is enough, for rates and times alike.</summary>
    public double? Ratio => Measured is { } measured && Must is { } must && measured > 0
        ? IsTime ? must / measured : measured / must
        : null;

    public static void PrintHeading() => Console.WriteLine(
        $"{"WHAT",-46} {"MEASURED",12} {"MUST",10} {"RATIO",6} {"P50 ms",8} {"P99 ms",8} {"CPU us",7}  NOTE");

    public void Print() => Console.WriteLine(
        $"{What,-46} {Text(Measured),12} {Text(Must),10} {Number(Ratio, "0.00"),6} "
        + $"{Milliseconds(0.5),8} {Milliseconds(0.99),8} {Number(Load?.CpuMicroseconds, "0"),7}  {Note}".TrimEnd());

    private string Text(double? value) =>
        value is null ? Nothing : Number(value, IsTime ? "N0" : "N0") + (IsTime ? " ms" : "/s");

    private string Milliseconds(double share) =>
        Load is null ? Nothing : Number(Load.Latency.Percentile(share).TotalMilliseconds, "0.00");

    private static string Number(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? Nothing;
}
