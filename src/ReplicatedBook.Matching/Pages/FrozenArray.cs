namespace ReplicatedBook.Matching.Pages;

/// <summary>What a <see cref="PagedArray{T}"/> held when it was frozen. The array's owner reads it, between the changes
/// that it makes to the array.</summary>
/// <param name="first">The array's first slots; what is in them changes, but not before a copy is kept here.</param>
/// <param name="far">Its further pages; likewise.</param>
/// <param name="older">The image taken before it that is still read, if any.</param>
internal sealed class FrozenArray<T>(T[] first, T[][] far, FrozenArray<T>? older)
    where T : struct
{
    private const int FirstPages = PageSize<T>.FirstPages;

    private readonly T[]?[] _kept = new T[FirstPages + far.Length][];

    /// <summary>The image taken before this one.</summary>
    public FrozenArray<T>? Older { get; set; } = older;

    /// <summary>Whether it is no longer read.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>An item as it was.</summary>
    public ref readonly T this[int slot]
    {
        get
        {
            var (page, place) = (slot >> PageSize<T>.Bits, slot & PageSize<T>.Mask);
            if (_kept[page] is { } kept)
            {
                return ref kept[place];
            }

            return ref page < FirstPages ? ref first[slot] : ref far[page - FirstPages][place];
        }
    }

    /// <summary>To be called before a page changes.</summary>
    public void Keep(int page)
    {
        if (page < _kept.Length)
        {
            _kept[page] ??= Copy(page);
        }
    }

    /// <summary>Says that it is no longer read, so that nothing more is kept for it.</summary>
    public void End() => HasEnded = true;

    private T[] Copy(int page)
    {
        if (page >= FirstPages)
        {
            return [.. far[page - FirstPages]];
        }

        var start = Math.Min(page << PageSize<T>.Bits, first.Length);
        return first[start..Math.Min(start + PageSize<T>.Items, first.Length)];
    }
}
