using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace ReplicatedBook.Cluster.Tests.Faults.Followers;

/// <summary>Makes the book of the market from the orders of a snapshot and the events behind it, entry by entry, and
/// notes what does not follow on what came before it. After a loss it asks for what is behind its last whole
/// entry.</summary>
internal sealed class EventFollower
{
    private readonly IEventWire _wire;
    private readonly EventBook _book = new();
    private readonly List<ToldEvent> _entry = [];
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentQueue<string> _told = new();
    private long _last;
    private int _messages;

    public EventFollower(IEventWire wire, Func<Uri?> place)
    {
        _wire = wire;
        Stream = new RoamingStream<ToldEvent>(place, OpenAsync);
    }

    /// <summary>Where it is, and how often it went elsewhere.</summary>
    public RoamingStream<ToldEvent> Stream { get; }

    /// <summary>The book after every entry that changed it.</summary>
    public BookLog Books { get; } = new();

    public int Messages => Volatile.Read(ref _messages);

    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>Place and type of every event, in the order in which they came.</summary>
    public IReadOnlyCollection<string> Told => _told;

    /// <summary>Index of the snapshot, behind which the events begin; 0 before it.</summary>
    public long Start { get; private set; }

    /// <summary>Index of the last whole entry.</summary>
    public long Index => Volatile.Read(ref _last);

    /// <summary>Follows until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (var told in Stream.ReadAsync(cancellation))
            {
                Take(told);
                Interlocked.Increment(ref _messages);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }

    private async IAsyncEnumerable<ToldEvent> OpenAsync(
        Uri node, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (Start == 0)
        {
            var (index, orders) = await _wire.SnapshotAsync(node, cancellation);
            foreach (var order in orders)
            {
                _book.Put(order);
            }

            Start = index;
            Volatile.Write(ref _last, index);
        }

        _entry.Clear(); // What came of an entry before the connection was lost comes again.
        await foreach (var told in _wire.EventsAsync(node, _last + 1, cancellation))
        {
            yield return told;
        }
    }

    private void Take(ToldEvent told)
    {
        var index = _entry.Count > 0 ? _entry[0].Index : told.Index;
        if (told.Index <= _last || told.Index != index || told.Seq != _entry.Count)
        {
            _faults.Enqueue($"{told.Title} behind {_entry.Count} events of {index} and all of {_last}");
        }

        _entry.Add(told);
        if (told.Type != "batch_end")
        {
            return;
        }

        var isChanged = false;
        foreach (var each in _entry)
        {
            _told.Enqueue(each.Title);
            isChanged |= _book.Take(each);
        }

        if (isChanged)
        {
            Books.Note(told.Index, _book.Bids, _book.Asks);
        }

        _entry.Clear();
        Volatile.Write(ref _last, told.Index);
    }
}
