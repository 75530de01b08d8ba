using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.MarketData;

/// <summary>A followed book down to some depth: what its followers are told, worked out once for all of them, by the
/// one who comes first. Safe from any thread.</summary>
/// <param name="followed">The book.</param>
/// <param name="terms">In whose terms.</param>
/// <param name="depth">Lines of each side; 0 for all.</param>
/// <param name="maxLines">Most lines of updates kept.</param>
internal sealed class DepthView(FollowedBook followed, InstrumentTerms terms, int depth, int maxLines)
{
    private const int ChangesAtOnce = 256;

    private readonly Lock _gate = new();
    private readonly DepthBook _book = new(terms, depth);
    private readonly ChangeRing<BookUpdate> _updates = new(maxLines);
    private readonly List<BookChange> _changes = new(ChangesAtOnce);
    private long _index;
    private bool _isLoaded;

    public InstrumentTerms Terms => terms;

    public int Depth => depth;

    /// <summary>How many follow it; the book's, under its lock.</summary>
    public int Followers { get; set; }

    /// <summary>Every update after this index is to be had.</summary>
    public long CompleteAfter
    {
        get
        {
            lock (_gate)
            {
                Advance();
                return _updates.CompleteAfter;
            }
        }
    }

    /// <summary>All lines, as of the last entry.</summary>
    public BookUpdate Snapshot()
    {
        lock (_gate)
        {
            Advance();
            return new BookUpdate(
                BookUpdateKind.Snapshot, _index, 0, _book.InView(Side.Buy), _book.InView(Side.Sell), _book.Checksum);
        }
    }

    /// <summary>Gives the updates after an index.</summary>
    /// <param name="after">The index.</param>
    /// <param name="max">Most of them.</param>
    /// <param name="updates">Is filled.</param>
    /// <param name="upTo">The index up to which these are all there are.</param>
    /// <returns>False when some of them are no longer kept.</returns>
    public bool TryRead(long after, int max, List<BookUpdate> updates, out long upTo)
    {
        lock (_gate)
        {
            Advance();
            return _updates.TryRead(after, max, updates, out upTo);
        }
    }

    /// <summary>Takes what has changed in the book; begins anew where that is not all there any more.</summary>
    private void Advance()
    {
        do
        {
            _changes.Clear();
            if (!_isLoaded || !followed.Changes.TryRead(_index, ChangesAtOnce, _changes, out var upTo))
            {
                Load();
                return;
            }

            foreach (var change in _changes)
            {
                if (_book.Apply(change) is { } update)
                {
                    _updates.Add(update.Index, update.Bids.Count + update.Asks.Count + 1, update);
                }
            }

            _index = upTo;
            _updates.MoveTo(upTo);
        }
        while (_changes.Count == ChangesAtOnce);
    }

    private void Load()
    {
        (_, _index) = followed.Look(mirror =>
        {
            _book.Load(mirror);
            return true;
        });
        _updates.StartAfter(_index);
        _isLoaded = true;
    }
}
