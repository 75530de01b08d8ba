using System.Globalization;

namespace ReplicatedBook.Cli.Replay;

/// <summary>Between the recording's whole numbers and the decimals of the API: prices have four digits after the
/// point.</summary>
internal static class ReplayNumbers
{
    public const int PriceScale = 4;
    public const string TickSize = "0.0001";
    public const string LotSize = "1";

    private const long TicksPerUnit = 10_000;

    public static string Price(long ticks) =>
        string.Create(CultureInfo.InvariantCulture, $"{ticks / TicksPerUnit}.{ticks % TicksPerUnit:D4}");

    public static string Quantity(long lots) => lots.ToString(CultureInfo.InvariantCulture);

    public static long Ticks(string price) =>
        long.Parse(price.Replace(".", string.Empty, StringComparison.Ordinal), CultureInfo.InvariantCulture);

    public static long Lots(string quantity) => long.Parse(quantity, CultureInfo.InvariantCulture);
}
