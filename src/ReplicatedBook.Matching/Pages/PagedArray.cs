using System.Runtime.CompilerServices;

namespace ReplicatedBook.Matching.Pages;

/// <summary>An array that grows without copying much, and of which an image can be taken at any moment: from then on
/// the first change of each page copies that page for the image.</summary>
/// <remarks>The first slots stand in one array, so that what is small is reached as fast as in any array; those beyond
/// in an array for each page. One owner, of its images too.</remarks>
internal sealed class PagedArray<T>
    where T : struct
{
    private T[] _first = [];
    private T[][] _far = [];
    private int _farCount;
    private T[] _free = []; // The same as both; empty while images have to be asked before a change.
    private T[][] _freeFar = [];
    private FrozenArray<T>? _images;
    private T[] _near = []; // The page beyond the first array that EditNear was in last, which all images have kept;
    private int _nearPage = -1; // and which one that is.

    /// <summary>An item, to be looked at; good until <see cref="Ensure"/>.</summary>
    public ref readonly T this[int slot]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var first = _first;
            if ((uint)slot < (uint)first.Length)
            {
                return ref first[slot];
            }

            return ref Far(slot);
        }
    }

    /// <summary>An item, to be changed at once: not after an image was taken; good until
    /// <see cref="Ensure"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Edit(int slot)
    {
        var free = _free;
        if ((uint)slot < (uint)free.Length)
        {
            return ref free[slot];
        }

        return ref EditAny(slot);
    }

    /// <summary>As <see cref="Edit(int)"/>, for an array of which most is beyond the first pages.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T EditFar(int slot)
    {
        var (far, pages) = ((uint)(slot - PageSize<T>.FirstItems), _freeFar);
        if (far >> PageSize<T>.Bits < (uint)pages.Length)
        {
            return ref pages[far >> PageSize<T>.Bits][far & (uint)PageSize<T>.Mask];
        }

        return ref EditAny(slot);
    }

    /// <summary>As <see cref="Edit(int)"/>, for an array that is walked through: the page is searched only where
    /// another one begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T EditNear(int slot)
    {
        if (slot >> PageSize<T>.Bits != _nearPage)
        {
            return ref TurnTo(slot);
        }

        return ref _near[slot & PageSize<T>.Mask];
    }

    /// <summary>Items that stand side by side, all of one page, to be changed at once.</summary>
    public Span<T> Edit(int slot, int count)
    {
        Edit(slot); // The images have kept its page now.
        var far = slot - PageSize<T>.FirstItems;
        return far < 0
            ? _first.AsSpan(slot, count)
            : _far[far >> PageSize<T>.Bits].AsSpan(far & PageSize<T>.Mask, count);
    }

    /// <summary>Makes room for a slot and all below it; new ones are zero.</summary>
    public void Ensure(int slot)
    {
        if (slot >= _first.Length && _first.Length < PageSize<T>.FirstItems)
        {
            GrowFirst(slot + 1);
        }

        while (slot - PageSize<T>.FirstItems >= _farCount << PageSize<T>.Bits)
        {
            if (_farCount == _far.Length)
            {
                Array.Resize(ref _far, Math.Max(4, checked(2 * _farCount)));
                LetEdit();
            }

            _far[_farCount++] = new T[PageSize<T>.Items];
        }
    }

    /// <summary>Takes an image of all that is in it now; any number may be held at once.</summary>
    public FrozenArray<T> Freeze()
    {
        DropEnded();
        (_free, _freeFar, _nearPage) = ([], [], -1);
        return _images = new FrozenArray<T>(_first, _far[.._farCount], _images);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref T Far(int slot)
    {
        var far = (uint)(slot - PageSize<T>.FirstItems);
        return ref _far[far >> PageSize<T>.Bits][far & (uint)PageSize<T>.Mask];
    }

    // Apart, and all that is left to do: its callers need keep nothing in registers beside it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref T EditAny(int slot)
    {
        if (_images is not null)
        {
            KeepForImages(slot >> PageSize<T>.Bits);
        }

        var first = _first;
        if ((uint)slot < (uint)first.Length)
        {
            return ref first[slot];
        }

        return ref Far(slot);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref T TurnTo(int slot)
    {
        ref var item = ref EditAny(slot);
        if (slot >= _first.Length)
        {
            _nearPage = slot >> PageSize<T>.Bits;
            _near = _far[_nearPage - PageSize<T>.FirstPages];
        }

        return ref item;
    }

    private void GrowFirst(int items)
    {
        var length = Math.Max(PageSize<T>.Smallest, _first.Length);
        while (length < items && length < PageSize<T>.FirstItems)
        {
            length *= 2;
        }

        Array.Resize(ref _first, length);
        LetEdit();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void KeepForImages(int page)
    {
        DropEnded();
        for (var image = _images; image is not null; image = image.Older)
        {
            image.Keep(page);
        }

        LetEdit();
    }

    private void LetEdit() => (_free, _freeFar) = _images is null ? (_first, _far) : ([], []);

    /// <summary>Forgets the images that are no longer needed.</summary>
    private void DropEnded()
    {
        while (_images is { HasEnded: true })
        {
            _images = _images.Older;
        }

        for (var image = _images; image is not null; image = image.Older)
        {
            while (image.Older is { HasEnded: true } ended)
            {
                image.Older = ended.Older;
            }
        }
    }
}
