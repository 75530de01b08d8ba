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
    private FrozenArray<T>? _images;

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

    /// <summary>Fetches an item that is going to be used when those before it have been, if there is one: for arrays
    /// that are walked through and so large that every new page of the machine's memory is one to wait for.</summary>
    /// <param name="slot">The slot that is used now; any from 0 on.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void FetchAheadOf(int slot)
    {
        var ahead = slot + PageSize<T>.Ahead;
        var first = _first;
        if ((uint)ahead < (uint)first.Length)
        {
            CacheLines.Fetch(in first[ahead]);
            return;
        }

        var far = ahead - PageSize<T>.FirstItems;
        if (far >= 0 && far >> PageSize<T>.Bits < _farCount)
        {
            CacheLines.Fetch(in Far(ahead));
        }
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
            }

            _far[_farCount++] = new T[PageSize<T>.Items];
        }
    }

    /// <summary>Takes an image of all that is in it now; any number may be held at once.</summary>
    public FrozenArray<T> Freeze()
    {
        DropEnded();
        return _images = new FrozenArray<T>(_first, _far[.._farCount], _images);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref T Far(int slot)
    {
        var far = slot - PageSize<T>.FirstItems;
        return ref _far[far >> PageSize<T>.Bits][far & PageSize<T>.Mask];
    }

    private void GrowFirst(int items)
    {
        var length = Math.Max(PageSize<T>.Smallest, _first.Length);
        while (length < items && length < PageSize<T>.FirstItems)
        {
            length *= 2;
        }

        Array.Resize(ref _first, length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void KeepForImages(int page)
    {
        DropEnded();
        for (var image = _images; image is not null; image = image.Older)
        {
            image.Keep(page);
        }
    }

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
