using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ReplicatedBook.Matching.Pages;

/// <summary>Asks the processor to fetch what is going to be written or read soon.</summary>
internal static class CacheLines
{
    private const int LineBytes = 64;

    // The processor guesses ahead, but not beyond a page of the machine's memory.
    private const int PageBytes = 4_096;

    /// <summary>Fetches an item that is going to be used soon. It changes nothing and nothing depends on it: on
    /// processors that cannot be asked it does nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch<T>(ref readonly T item)
        where T : struct => Fetch(in item, 0);

    /// <summary>Fetches what stands a page of the machine's memory behind an item: in an array that is walked through
    /// it is used when what lies between them has been.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FetchAheadOf<T>(ref readonly T item)
        where T : struct => Fetch(in item, PageBytes);

    /// <summary>Fetches what stands so many bytes behind the start of an item.</summary>
    /// <remarks>The one place here that takes an address. It is never read or written through: a hint to an address
    /// that is stale, because the collector has moved the item, or is nobody's or behind the end of the array, is one
    /// the processor drops without a fault.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Fetch<T>(ref readonly T item, int ahead)
        where T : struct
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        var address = (byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in item)) + ahead;
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
