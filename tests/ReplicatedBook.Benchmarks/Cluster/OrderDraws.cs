using System.Globalization;

namespace ReplicatedBook.Benchmarks.Cluster;

/// <summary>Draws the orders of one connection from a fixed seed: limit orders near 100.00. Every second one takes at
/// any price as much as the one before brought, so that about half of them trade and the book does not grow however
/// long it goes, and in whatever order those of several connections come. One owner.</summary>
/// <param name="run">Tells runs apart, so that no two orders have one name.</param>
/// <param name="connection">Tells connections apart, and is the seed.</param>
internal sealed class OrderDraws(string run, int connection)
{
    private const int Spread = 20;
    private const int MostLots = 10;

    private readonly Random _random = new(connection + 1);
    private DrawnOrder _last;
    private long _number;

    /// <summary>The next order.</summary>
    public DrawnOrder Next()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{run}-{connection}-{++_number}");
        _last = _number % 2 == 0
            ? _last with { IsBuy = !_last.IsBuy, Cents = _last.IsBuy ? 0 : Spread - 1, Name = name }
            : new DrawnOrder(_random.Next(2) == 0, _random.Next(Spread), _random.Next(1, MostLots), name);
        return _last;
    }
}
