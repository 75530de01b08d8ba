using System.Buffers;
using System.Globalization;
using System.Text;

namespace ReplicatedBook.Benchmarks.Cluster.Wire;

/// <summary>Writes the JSON of orders for a market; the same orders as <see cref="LoadMarket.Order"/> draws. One
/// owner.</summary>
internal sealed class OrderBodies(LoadMarket market, string run, int connection)
{
    private const int Spread = 20;

    private readonly Random _random = new(connection + 1);
    private readonly byte[] _start = Encoding.ASCII.GetBytes(
        $"{{\"account_id\":\"{market.Account}\",\"instrument\":\"{market.Symbol}\","
        + "\"type\":\"limit\",\"stp\":\"none\"");

    private long _number;

    /// <summary>One order.</summary>
    public void WriteOrder(ArrayBufferWriter<byte> output)
    {
        output.Write(_start);
        var rest = output.GetSpan(160);
        var side = _random.Next(2) == 0 ? "buy" : "sell";
        System.Text.Unicode.Utf8.TryWrite(
            rest, CultureInfo.InvariantCulture,
            $",\"client_order_id\":\"{run}-{connection}-{++_number}\",\"side\":\"{side}\"", out var written);
        output.Advance(written);
        var cents = _random.Next(Spread);
        var quantity = _random.Next(1, 10);
        System.Text.Unicode.Utf8.TryWrite(
            output.GetSpan(64), CultureInfo.InvariantCulture,
            $",\"price\":\"100.{cents:D2}\",\"quantity\":\"{quantity}\"}}", out written);
        output.Advance(written);
    }

    /// <summary>A batch of them.</summary>
    public void WriteBatch(ArrayBufferWriter<byte> output, int orders)
    {
        output.Write("{\"orders\":["u8);
        for (var i = 0; i < orders; i++)
        {
            if (i > 0)
            {
                output.Write(","u8);
            }

            WriteOrder(output);
        }

        output.Write("]}"u8);
    }

    /// <summary>How many orders of a batch's answer were taken.</summary>
    public static int CountTaken(ReadOnlySpan<byte> body) => body.Count("\"status\":201"u8);
}
