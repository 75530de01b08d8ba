using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ReplicatedBook.Matching.Pages;

/// <summary>Asks the processor to fetch what is going to be written or read soon.</summary>
internal static class CacheLines
{
    /// <summary>Bytes that the processor guesses ahead in at most: it does not fetch beyond a page of the machine's
    /// memory by itself.</summary>
    public const int PageBytes = 4_096;

    private const int LineBytes = 64;

    /// <summary>Fetches an item. It changes nothing, whatever becomes of the item meanwhile, and nothing depends on it:
    /// on processors that cannot be asked it does nothing.</summary>
    /// <remarks>The one place here that takes an address. It is never read or written through: a hint to an address
    /// that is stale, because the collector has moved the item, or is nobody's, is one the processor drops without a
    /// fault.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch<T>(ref readonly T item)
        where T : struct
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        var address = (byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in item));
        Sse.Prefetch0(address);
        if (Unsafe.SizeOf<T>() > LineBytes)
        {
            Sse.Prefetch0(address + LineBytes);
        }

        if (Unsafe.SizeOf<T>() > 2 * LineBytes)
        {
            Sse.Prefetch0(address + (2 * LineBytes));
        }
    }
}
