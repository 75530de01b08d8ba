using System.Buffers;
using System.Globalization;
using System.Text;

namespace ReplicatedBook.Benchmarks.Cluster.Wire;

/// <summary>Writes the JSON of orders for a market. One owner.</summary>
internal sealed class OrderBodies(LoadMarket market, string run, int connection)
{
    private readonly OrderDraws _draws = new(run, connection);
    private readonly byte[] _start = Encoding.ASCII.GetBytes(
        $"{{\"account_id\":\"{market.Account}\",\"instrument\":\"{market.Symbol}\","
        + "\"type\":\"limit\",\"stp\":\"none\"");

    /// <summary>One order.</summary>
    public void WriteOrder(ArrayBufferWriter<byte> output)
    {
        output.Write(_start);
        var order = _draws.Next();
        System.Text.Unicode.Utf8.TryWrite(
            output.GetSpan(256), CultureInfo.InvariantCulture,
            $",\"client_order_id\":\"{order.Name}\",\"side\":\"{(order.IsBuy ? "buy" : "sell")}\""
            + $",\"price\":\"100.{order.Cents:D2}\",\"quantity\":\"{order.Lots}\"}}",
            out var written);
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
