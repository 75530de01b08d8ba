namespace ReplicatedBook.Matching.Pages;

/// <summary>What a <see cref="PagedArray{T}"/> held when it was frozen. The array's owner reads it, between the changes
/// that it makes to the array.</summary>
/// <param name="pages">The array's pages then; what is in them changes, but not before a copy is kept here.</param>
/// <param name="older">The image taken before it that is still read, if any.</param>
internal sealed class FrozenArray<T>(T[][] pages, FrozenArray<T>? older)
    where T : struct
{
    private readonly T[]?[] _kept = new T[pages.Length][];

    /// <summary>The image taken before this one.</summary>
    public FrozenArray<T>? Older { get; set; } = older;

    /// <summary>Whether it is no longer read.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>An item as it was.</summary>
    public ref readonly T this[int slot]
    {
        get
        {
            var page = slot >> PageSize<T>.Bits;
            return ref (_kept[page] ?? pages[page])[slot & PageSize<T>.Mask];
        }
    }

    /// <summary>To be called before a page changes.</summary>
    public void Keep(int page)
    {
        if (page < pages.Length)
        {
            _kept[page] ??= [.. pages[page]];
        }
    }

    /// <summary>Says that it is no longer read, so that nothing more is kept for it.</summary>
    public void End() => HasEnded = true;
}
