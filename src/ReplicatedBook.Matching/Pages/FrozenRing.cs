namespace ReplicatedBook.Matching.Pages;

/// <summary>What a <see cref="PagedRing{T}"/> held when it was frozen.</summary>
/// <param name="items">By slot.</param>
/// <param name="limit">Slots that there are.</param>
/// <param name="first">Number of the first item.</param>
/// <param name="next">The one behind the last.</param>
internal sealed class FrozenRing<T>(FrozenArray<T> items, int limit, long first, long next)
    where T : struct
{
    /// <summary>Number of the first item.</summary>
    public long First => first;

    /// <summary>The one behind the last.</summary>
    public long Next => next;

    /// <summary>Items in it.</summary>
    public int Count => (int)(next - first);

    /// <summary>An item.</summary>
    public ref readonly T this[long number] => ref items[SlotOf(number)];

    /// <summary>Where an item is.</summary>
    public int SlotOf(long number) => (int)((number - 1) % limit);

    /// <summary>Says that it is no longer read.</summary>
    public void End() => items.End();
}
