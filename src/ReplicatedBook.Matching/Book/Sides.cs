using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Book;

/// <summary>Numbers by side without a branch: which side comes next no processor can guess.</summary>
internal static class Sides
{
    /// <summary>One of two numbers that are both worked out.</summary>
    /// <remarks>By arithmetic, because of two choices by one side the compiler makes a branch.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Choose(this Side side, long ofBuy, long ofSell) => ofBuy ^ ((ofBuy ^ ofSell) & -(long)side);
}
