using System.Runtime.CompilerServices;

namespace ReplicatedBook.Matching.Pages;

/// <summary>Items by ever growing sequence number, added at the end, dropped from the start and never changed in
/// between: so an image of it costs nothing. It grows without being copied.</summary>
/// <remarks>One owner. Pages that no image has are used again, so that a queue of constant length allocates
/// nothing.</remarks>
internal sealed class PagedQueue<T>
    where T : struct
{
    // By number of the page, in a circle; its length is a power of two.
    private T[]?[] _pages = new T[2][];
    private T[] _last = []; // The page of the last item added.
    private T[]? _spare;
    private long _frozenPages; // Numbers below this are in images.

    /// <summary>Sequence number of the first item kept.</summary>
    public long First { get; private set; }

    /// <summary>Sequence number of the next item.</summary>
    public long Next { get; private set; }

    /// <summary>Items kept.</summary>
    public long Count => Next - First;

    /// <summary>An item that is kept.</summary>
    public ref readonly T this[long sequence] =>
        ref _pages[(int)(sequence >> PageSize<T>.Bits) & (_pages.Length - 1)]![(int)sequence & PageSize<T>.Mask];

    /// <summary>Starts an empty queue behind items that are no longer kept.</summary>
    public void StartAt(long sequence)
    {
        Invariant.Require(Count == 0 && Next <= sequence, "only an empty queue is given a start");
        (First, Next, _last) = (sequence, sequence, []);
    }

    /// <summary>Adds an item, which the caller fills before anything else.</summary>
    public ref T Add()
    {
        var (last, place) = (_last, (int)Next & PageSize<T>.Mask);
        if (place == 0 || place >= last.Length)
        {
            return ref Room(1)[0];
        }

        Next++;
        ref var item = ref last[place];
        CacheLines.FetchAheadOf(in item);
        return ref item;
    }

    /// <summary>Adds items.</summary>
    public void Add(ReadOnlySpan<T> items)
    {
        while (items.Length > 0)
        {
            var room = Room(items.Length);
            items[..room.Length].CopyTo(room);
            items = items[room.Length..];
        }
    }

    /// <summary>Drops items from the start.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Drop(long count)
    {
        var page = First >> PageSize<T>.Bits;
        First += count;
        if (page != First >> PageSize<T>.Bits)
        {
            DropPages(page);
        }
    }

    /// <summary>Drops the pages from one on that have no items left.</summary>
    private void DropPages(long page)
    {
        for (; page < First >> PageSize<T>.Bits; page++)
        {
            ref var dropped = ref _pages[(int)page & (_pages.Length - 1)];
            if (page >= _frozenPages && dropped!.Length == PageSize<T>.Items)
            {
                _spare = dropped;
            }

            dropped = null;
        }
    }

    /// <summary>As many items from a place on as stand side by side.</summary>
    public ReadOnlySpan<T> Run(long sequence, int most) => RunOf(_pages, sequence, most);

    /// <summary>Takes an image of all that is in it now.</summary>
    public FrozenQueue<T> Freeze()
    {
        _frozenPages = (Next >> PageSize<T>.Bits) + 1;
        return new FrozenQueue<T>([.. _pages], First, Next);
    }

    /// <summary>As many items from a place on as stand side by side.</summary>
    internal static ReadOnlySpan<T> RunOf(T[]?[] pages, long sequence, int most)
    {
        var place = (int)sequence & PageSize<T>.Mask;
        var page = pages[(int)(sequence >> PageSize<T>.Bits) & (pages.Length - 1)];
        return page.AsSpan(place, Math.Min(most, PageSize<T>.Items - place));
    }

    /// <summary>Room behind the last item, at least for one and at most for so many.</summary>
    private Span<T> Room(int most)
    {
        var number = Next >> PageSize<T>.Bits;
        var place = (int)Next & PageSize<T>.Mask;
        var count = Math.Min(most, PageSize<T>.Items - place);
        var isFirst = number == First >> PageSize<T>.Bits;
        if (number - (First >> PageSize<T>.Bits) == _pages.Length)
        {
            WidenCircle();
        }

        ref var page = ref _pages[(int)number & (_pages.Length - 1)];
        if (page is null || page.Length < place + count)
        {
            MakeRoom(ref page, isFirst ? place + count : PageSize<T>.Items);
        }

        Next += count;
        _last = page!;
        return page.AsSpan(place, count);
    }

    private void MakeRoom(ref T[]? page, int items)
    {
        var length = Math.Max(PageSize<T>.Smallest, page?.Length ?? 0);
        while (length < items)
        {
            length *= 2;
        }

        if (page is null && length == PageSize<T>.Items && _spare is { } spare)
        {
            (page, _spare) = (spare, null);
            return;
        }

        Array.Resize(ref page, length);
    }

    private void WidenCircle()
    {
        var wider = new T[]?[checked(_pages.Length * 2)];
        for (var page = First >> PageSize<T>.Bits; page < Next >> PageSize<T>.Bits; page++)
        {
            wider[(int)page & (wider.Length - 1)] = _pages[(int)page & (_pages.Length - 1)];
        }

        _pages = wider;
    }
}
