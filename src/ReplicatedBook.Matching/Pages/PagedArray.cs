namespace ReplicatedBook.Matching.Pages;

/// <summary>An array that grows without being copied, and of which an image can be taken at any moment: from then on
/// the first change of each page copies that page for the image.</summary>
/// <remarks>One owner, of its images too.</remarks>
internal sealed class PagedArray<T>
    where T : struct
{
    private T[][] _pages = [[]];
    private int _pageCount = 1;
    private FrozenArray<T>? _images;

    /// <summary>An item, to be looked at; good until <see cref="Ensure"/>.</summary>
    public ref readonly T this[int slot] =>
        ref _pages[slot >> PageSize<T>.Bits][slot & PageSize<T>.Mask];

    /// <summary>An item, to be changed at once: not after an image was taken; good until <see
    /// cref="Ensure"/>.</summary>
    public ref T Edit(int slot)
    {
        if (_images is not null)
        {
            KeepForImages(slot >> PageSize<T>.Bits);
        }

        return ref _pages[slot >> PageSize<T>.Bits][slot & PageSize<T>.Mask];
    }

    /// <summary>Makes room for a slot and all below it; new ones are zero.</summary>
    public void Ensure(int slot)
    {
        var page = slot >> PageSize<T>.Bits;
        while (page >= _pageCount)
        {
            if (_pageCount == _pages.Length)
            {
                Array.Resize(ref _pages, checked(_pageCount * 2));
            }

            GrowFirst(PageSize<T>.Items);
            _pages[_pageCount++] = new T[PageSize<T>.Items];
        }

        if (page == 0)
        {
            GrowFirst(slot + 1);
        }
    }

    /// <summary>Takes an image of all that is in it now; any number may be held at once.</summary>
    public FrozenArray<T> Freeze()
    {
        DropEnded();
        return _images = new FrozenArray<T>(_pages[.._pageCount], _images);
    }

    private void GrowFirst(int items)
    {
        var length = _pages[0].Length;
        if (items > length)
        {
            while (length < items)
            {
                length = Math.Max(PageSize<T>.Smallest, 2 * length);
            }

            Array.Resize(ref _pages[0], Math.Min(length, PageSize<T>.Items));
        }
    }

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
