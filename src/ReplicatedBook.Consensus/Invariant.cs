using System.Diagnostics.CodeAnalysis;

namespace ReplicatedBook.Consensus;

/// <summary>Guards what must be true, in release builds too.</summary>
public static class Invariant
{
    /// <summary>Goes on only if a rule holds.</summary>
    /// <param name="holds">Whether it does.</param>
    /// <param name="rule">The rule, as a sentence; a constant, so that the check costs nothing while it holds.</param>
    /// <exception cref="InvariantViolatedException">It does not. Never to be caught.</exception>
    public static void Require([DoesNotReturnIf(false)] bool holds, string rule)
    {
        if (!holds)
        {
            Fail(rule);
        }
    }

    [DoesNotReturn]
    private static void Fail(string rule) => throw new InvariantViolatedException(rule);
}
