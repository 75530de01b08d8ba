using System.Diagnostics.CodeAnalysis;

namespace ReplicatedBook.Matching;

/// <summary>Guards what must be true, in release builds too: a replica that goes on after a broken invariant is worse
/// than one that stops.</summary>
internal static class Invariant
{
    /// <summary>Ends the process, by an exception that nobody catches, unless <paramref name="condition"/>
    /// holds.</summary>
    public static void Require([DoesNotReturnIf(false)] bool condition, string claim)
    {
        if (!condition)
        {
            Violated(claim);
        }
    }

    [DoesNotReturn]
    private static void Violated(string claim) => throw new InvariantViolatedException(claim);
}
