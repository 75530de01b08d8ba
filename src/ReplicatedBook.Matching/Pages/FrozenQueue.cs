namespace ReplicatedBook.Matching.Pages;

/// <summary>What a <see cref="PagedQueue{T}"/> held when it was frozen: items never change, and pages of an image are
/// not used again.</summary>
/// <param name="pages">The queue's pages then, in their circle.</param>
/// <param name="first">Sequence number of the first item.</param>
/// <param name="next">The one behind the last.</param>
internal sealed class FrozenQueue<T>(T[]?[] pages, long first, long next)
    where T : struct
{
    /// <summary>Sequence number of the first item.</summary>
    public long First => first;

    /// <summary>The one behind the last.</summary>
    public long Next => next;

    /// <summary>Items in it.</summary>
    public int Count => (int)(next - first);

    /// <summary>An item.</summary>
    public ref readonly T this[long sequence] => ref PagedQueue<T>.RunOf(pages, sequence, 1)[0];

    /// <summary>Copies items.</summary>
    public void CopyTo(long sequence, Span<T> destination)
    {
        while (destination.Length > 0)
        {
            var run = PagedQueue<T>.RunOf(pages, sequence, destination.Length);
            run.CopyTo(destination);
            destination = destination[run.Length..];
            sequence += run.Length;
        }
    }
}
