namespace ReplicatedBook.Matching.Pages;

/// <summary>Items in one paged array, given out and taken back by slot; a free slot is used again before the array
/// grows.</summary>
/// <remarks>A reference into it is good until the next <see cref="Take"/>.</remarks>
internal sealed class PagedPool<T>
    where T : struct
{
    private readonly PagedArray<T> _items = new();
    private int[] _free = new int[4];
    private int _freeCount;
    private int _everUsed;

    /// <summary>Slots in use.</summary>
    public int Count => _everUsed - _freeCount;

    /// <summary>The item in a slot, to be looked at.</summary>
    public ref readonly T this[int slot] => ref _items[slot];

    /// <summary>The item in a slot, to be changed.</summary>
    public ref T Edit(int slot) => ref _items.Edit(slot);

    /// <summary>Gives out a slot; what is in it is left over from its last use.</summary>
    public int Take()
    {
        if (_freeCount > 0)
        {
            return _free[--_freeCount];
        }

        _items.Ensure(_everUsed);
        return _everUsed++;
    }

    /// <summary>Takes a slot back.</summary>
    public void Release(int slot)
    {
        if (_freeCount == _free.Length)
        {
            Array.Resize(ref _free, checked(_freeCount * 2));
        }

        _free[_freeCount++] = slot;
    }

    /// <summary>Takes an image of all items.</summary>
    public FrozenArray<T> Freeze() => _items.Freeze();
}
