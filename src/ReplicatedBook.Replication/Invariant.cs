using System.Diagnostics.CodeAnalysis;

namespace ReplicatedBook.Replication;

/// <summary>Guards what must be true, in release builds too. A violation ends the process and is never
/// caught.</summary>
internal static class Invariant
{
    /// <summary>Throws unless a condition holds.</summary>
    public static void Require([DoesNotReturnIf(false)] bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"broken invariant: {what}");
        }
    }
}
