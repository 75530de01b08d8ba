using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Unicode;
using ReplicatedBook.Benchmarks.Cluster.Wire;

namespace ReplicatedBook.Benchmarks.Cluster.Sessions;

/// <summary>The TCP line protocol: NEW out, FILL, OK and ERR in. Of a node without authentication.</summary>
internal sealed class LineSession(LoadMarket market, OrderDraws draws) : ISessionProtocol
{
    /// <inheritdoc/>
    public bool IsOpen => true;

    /// <inheritdoc/>
    public void Greet(ArrayBufferWriter<byte> output)
    {
    }

    /// <inheritdoc/>
    public void WriteOrder(ArrayBufferWriter<byte> output, long number)
    {
        var order = draws.Next();
        Utf8.TryWrite(
            output.GetSpan(256), CultureInfo.InvariantCulture,
            $"NEW {number} {market.Symbol} {(order.IsBuy ? 'B' : 'S')} LIMIT 100.{order.Cents:D2} {order.Lots} "
            + $"account={market.Account} cid={order.Name} stp=none\n",
            out var written);
        output.Advance(written);
    }

    /// <inheritdoc/>
    public int Read(
        ReadOnlySpan<byte> input, ArrayBufferWriter<byte> output, List<(long Number, WireOutcome Outcome)> answers)
    {
        var taken = 0;
        while (input[taken..].IndexOf((byte)'\n') is var end and >= 0)
        {
            var line = input.Slice(taken, end);
            taken += end + 1;
            if (line.StartsWith("OK "u8))
            {
                answers.Add((NumberAt(line[3..]), WireOutcome.Done));
            }
            else if (line.StartsWith("ERR "u8))
            {
                answers.Add((NumberAt(line[4..]), OutcomeOf(line)));
            }
        }

        return taken;
    }

    private static WireOutcome OutcomeOf(ReadOnlySpan<byte> line) =>
        line.IndexOf(" overloaded "u8) >= 0 && line.IndexOf("outcome=not_executed"u8) >= 0
            ? WireOutcome.Overloaded
            : WireOutcome.Failed;

    private static long NumberAt(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out long number, out _)
        ? number
        : throw new InvalidDataException("an answer without the tag of an order");
}
