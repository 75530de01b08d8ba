using System.Globalization;

namespace ReplicatedBook.Benchmarks.Logins;

/// <summary>How long logins of one kind took.</summary>
/// <param name="what">Of which kind.</param>
internal sealed class LoginTimes(string what)
{
    private readonly List<double> _milliseconds = [];

    /// <summary>The time that half of them did not exceed.</summary>
    public double Median => Percentile(0.5);

    public void Add(TimeSpan time) => _milliseconds.Add(time.TotalMilliseconds);

    /// <summary>How often one of these took longer than one of the others, over all pairs: a half when nothing tells
    /// them apart (Mann and Whitney).</summary>
    public double ShareLongerThan(LoginTimes other)
    {
        var pairs = from own in _milliseconds from others in other._milliseconds select Compare(own, others);
        return pairs.Average();
    }

    /// <summary>Prints them.</summary>
    public void Print() => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what,-16} {_milliseconds.Count,5} {_milliseconds.Min(),8:0.0} {Percentile(0.25),8:0.0} {Median,8:0.0} "
            + $"{Percentile(0.75),8:0.0} {Percentile(0.99),8:0.0} {_milliseconds.Max(),8:0.0}"));

    /// <summary>Prints what the columns are.</summary>
    public static void PrintHeading() => Console.WriteLine(
        $"{"LOGINS, ms",-16} {"COUNT",5} {"MIN",8} {"P25",8} {"P50",8} {"P75",8} {"P99",8} {"MAX",8}");

    private static double Compare(double own, double other) => own > other ? 1 : own < other ? 0 : 0.5;

    private double Percentile(double share) =>
        _milliseconds.Order().ElementAt((int)Math.Ceiling(share * _milliseconds.Count) - 1);
}
