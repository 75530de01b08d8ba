using System.Numerics;
using System.Runtime.CompilerServices;

namespace ReplicatedBook.Matching.Pages;

/// <summary>How many items a page holds: a power of two, and so many that a page is born among the large objects, which
/// are never moved.</summary>
internal static class PageSize<T>
    where T : struct
{
    /// <summary>Pages are larger than half of this, and not larger.</summary>
    private const int MaxBytes = 192 << 10;

    /// <summary>Items of the first array for a first page, so that what stays small takes little.</summary>
    public const int Smallest = 16;

    /// <summary>Pages at the start of an array that stand side by side.</summary>
    public const int FirstPages = 32;

    /// <summary>Bits of a slot that say where in its page it is.</summary>
    public static readonly int Bits = BitOperations.Log2((uint)(MaxBytes / Unsafe.SizeOf<T>()));

    /// <summary>Items of a whole page.</summary>
    public static readonly int Items = 1 << Bits;

    /// <summary>Items of the pages that stand side by side.</summary>
    public static readonly int FirstItems = FirstPages * Items;

    /// <summary>Takes the place in its page from a slot.</summary>
    public static readonly int Mask = Items - 1;
}
