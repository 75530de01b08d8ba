using System.Collections.Concurrent;
using ReplicatedBook.Client.Streaming;

namespace ReplicatedBook.Cluster.Tests.Faults.Followers;

/// <summary>The whole book as a follower had it after each log index that changed it. One writer; safe to read
/// meanwhile.</summary>
internal sealed class BookLog
{
    private readonly ConcurrentDictionary<long, string> _books = new();
    private long _first;
    private long _last;

    /// <summary>The first index noted; 0 before it.</summary>
    public long First => Volatile.Read(ref _first);

    /// <summary>The last index noted; 0 before any.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>Notes the book after an index; levels from the best.</summary>
    public void Note(long index, IEnumerable<StreamedLevel> bids, IEnumerable<StreamedLevel> asks)
    {
        _books[index] = $"{Text(bids)} / {Text(asks)}";
        if (_first == 0)
        {
            Volatile.Write(ref _first, index);
        }

        Volatile.Write(ref _last, index);
    }

    /// <summary>The books after an index, by index.</summary>
    public IReadOnlyList<string> After(long index) =>
    [
        .. _books.Where(book => book.Key > index).OrderBy(book => book.Key).Select(book => $"{book.Key}: {book.Value}"),
    ];

    private static string Text(IEnumerable<StreamedLevel> levels) =>
        string.Join(' ', levels.Select(level => $"{level.Price}x{level.Quantity}"));
}
