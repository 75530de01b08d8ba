using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace ReplicatedBook.Benchmarks.Cluster.Sessions;

/// <summary>Draws the orders of one session: the same as <see cref="LoadMarket.Order"/> does. One owner.</summary>
internal sealed class OrderDraws(LoadMarket market, string run, int session)
{
    private const int Spread = 20;
    private const int MostLots = 10;

    private readonly Random _random = new(session + 1);
    private long _number;

    /// <summary>The next order.</summary>
    public (bool IsBuy, int Cents, int Lots, string Name) Next() => (
        _random.Next(2) == 0, _random.Next(Spread), _random.Next(1, MostLots),
        string.Create(CultureInfo.InvariantCulture, $"{run}-{session}-{++_number}"));

    /// <summary>The next order as a line of the TCP protocol.</summary>
    public void WriteLine(ArrayBufferWriter<byte> output, long tag)
    {
        var (isBuy, cents, lots, name) = Next();
        Utf8.TryWrite(
            output.GetSpan(256), CultureInfo.InvariantCulture,
            $"NEW {tag} {market.Symbol} {(isBuy ? 'B' : 'S')} LIMIT 100.{cents:D2} {lots} "
            + $"account={market.Account} cid={name} stp=none\n",
            out var written);
        output.Advance(written);
    }
}
