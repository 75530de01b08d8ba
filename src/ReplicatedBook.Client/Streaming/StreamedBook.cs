using System.Globalization;
using System.Text.Json;

namespace ReplicatedBook.Client.Streaming;

/// <summary>A book made of the messages of its channel <c>book:</c>, held against the node's checksum. Used by one
/// thread.</summary>
public sealed class StreamedBook
{
    private const int ChecksumLevels = 10;

    private readonly SortedDictionary<decimal, StreamedLevel> _bids =
        new(Comparer<decimal>.Create(static (one, other) => other.CompareTo(one)));

    private readonly SortedDictionary<decimal, StreamedLevel> _asks = [];

    /// <summary>Log index after which the book is so; 0 before the first snapshot.</summary>
    public long Index { get; private set; }

    /// <summary>Levels from the best bid on.</summary>
    public IEnumerable<StreamedLevel> Bids => _bids.Values;

    /// <summary>Levels from the best ask on.</summary>
    public IEnumerable<StreamedLevel> Asks => _asks.Values;

    /// <summary>Takes a message of the book's channel.</summary>
    /// <returns>Whether the book has the checksum that the node gave. If not, the channel is to be begun anew
    /// (<see cref="MarketDataStream.Restart"/>).</returns>
    public bool Apply(StreamMessage message)
    {
        if (message.IsOverrun)
        {
            return true; // What is known stays until the snapshot is there.
        }

        if (message.IsSnapshot)
        {
            _bids.Clear();
            _asks.Clear();
        }

        Put(message.Data.GetProperty("bids"), _bids);
        Put(message.Data.GetProperty("asks"), _asks);
        Index = message.Index;
        return message.Data.GetProperty("checksum").GetInt64() == Checksum();
    }

    private static void Put(JsonElement levels, SortedDictionary<decimal, StreamedLevel> side)
    {
        foreach (var level in levels.EnumerateArray())
        {
            var (price, quantity) = (level[0].GetString()!, level[1].GetString()!);
            var at = decimal.Parse(price, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            if (quantity.AsSpan().ContainsAnyExcept('0', '.'))
            {
                side[at] = new StreamedLevel(price, quantity);
            }
            else
            {
                side.Remove(at);
            }
        }
    }

    private uint Checksum()
    {
        var state = BookCrc.Start;
        foreach (var level in Asks.Take(ChecksumLevels).Concat(Bids.Take(ChecksumLevels)))
        {
            state = BookCrc.Append(BookCrc.Append(state, level.Price), level.Quantity);
        }

        return BookCrc.Finish(state);
    }
}
