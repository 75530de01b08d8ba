using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.MarketData;

/// <summary>A book that is followed: its mirror and the last changes of it.</summary>
/// <param name="instruments">All whose orders stand in it; the first is the book's own.</param>
/// <param name="maxChanges">Most lines and orders of changes kept.</param>
/// <param name="reader">Copies the book to begin with.</param>
/// <param name="applying">Held by the pump while it changes mirrors.</param>
internal sealed class FollowedBook(
    IReadOnlyList<InstrumentTerms> instruments, int maxChanges, IReplicaReader reader, Lock applying)
    : Topic(new TopicKey(TopicKind.Book, instruments[0].Id.Value))
{
    private readonly BookMirror _mirror = new();
    private readonly Dictionary<(InstrumentId, int), DepthView> _views = [];
    private long _loadedAt;

    /// <summary>All whose orders stand in it; the first is the book's own.</summary>
    public IReadOnlyList<InstrumentTerms> Instruments => instruments;

    /// <summary>The last changes.</summary>
    public ChangeRing<BookChange> Changes { get; } = new(maxChanges);

    /// <summary>The terms of an instrument whose orders stand in it.</summary>
    public InstrumentTerms TermsOf(InstrumentId id)
    {
        foreach (var terms in instruments)
        {
            if (terms.Id == id)
            {
                return terms;
            }
        }

        throw new InvalidOperationException(
            $"orders of instrument {id.Value} are in the book of {instruments[0].Symbol}");
    }

    /// <inheritdoc/>
    public override async ValueTask StartAsync(long position)
    {
        var reading = await reader.ReadAsync(
            exchange => BookImage.Of(exchange, instruments), CancellationToken.None);
        Load(
            reading.Value
                ?? throw new InvalidOperationException($"instrument {instruments[0].Symbol} is not in the state"),
            reading.Index);
    }

    /// <summary>The same book from a past index on, for one reader alone.</summary>
    /// <param name="image">As it was then.</param>
    /// <param name="index">The index.</param>
    public FollowedBook PastOf(BookImage image, long index)
    {
        // Its owner reads every change before it goes on, so all changes of a page must fit.
        var past = new FollowedBook(instruments, int.MaxValue, reader, new Lock());
        past.Load(image, index);
        return past;
    }

    /// <inheritdoc/>
    public override void MoveTo(long position) => Changes.MoveTo(position);

    /// <summary>The mirror, ready for the events of an entry; null when it has them. The pump's.</summary>
    /// <param name="index">The entry.</param>
    /// <param name="isFirst">Whether this was the entry's first event in this book.</param>
    public BookMirror? For(long index, out bool isFirst)
    {
        isFirst = false;
        if (index <= _loadedAt)
        {
            return null;
        }

        if (_mirror.Index != index)
        {
            _mirror.Begin(index);
            isFirst = true;
        }

        return _mirror;
    }

    /// <summary>All events of an entry were given. The pump's.</summary>
    public void End()
    {
        if (_mirror.End() is { } change)
        {
            Changes.Add(change.Index, change.Weight, change);
            IsNoted = true;
        }
    }

    /// <summary>Looks at the mirror between two entries.</summary>
    /// <param name="look">Must only read, and copy what it returns.</param>
    /// <returns>What it returned, and the last entry that the mirror has.</returns>
    public (T Value, long Index) Look<T>(Func<BookMirror, T> look)
    {
        lock (applying)
        {
            return (look(_mirror), Changes.Head);
        }
    }

    /// <summary>The view of a depth, shared by all who ask for it; to be given back.</summary>
    public DepthView Enter(InstrumentTerms terms, int depth)
    {
        lock (_views)
        {
            if (!_views.TryGetValue((terms.Id, depth), out var view))
            {
                _views.Add((terms.Id, depth), view = new DepthView(this, terms, depth, maxChanges));
            }

            view.Followers++;
            return view;
        }
    }

    /// <summary>Gives a view back.</summary>
    public void Leave(DepthView view)
    {
        lock (_views)
        {
            if (--view.Followers == 0)
            {
                _views.Remove((view.Terms.Id, view.Depth));
            }
        }
    }

    private void Load(BookImage image, long index)
    {
        lock (applying)
        {
            _mirror.Load(image, index, TermsOf);
            _loadedAt = index;
            Changes.StartAfter(index);
        }
    }
}
