using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Sets an account's dead man's switch: unless it is set anew before its time is over, all open orders of the
/// account are cancelled, once. Counted in the cluster's time, so it fires whatever node dies.</summary>
/// <param name="Account">Whose; 0 for the only account there is.</param>
/// <param name="Timeout">Microseconds from now; 0 switches it off, else <see cref="MinTimeout"/> to
/// <see cref="MaxTimeout"/>.</param>
public readonly record struct SetCancelAfter(AccountId Account, long Timeout)
{
    /// <summary>Shortest time (API.md 2.6).</summary>
    public const long MinTimeout = 1_000_000;

    /// <summary>Longest time (API.md 2.6).</summary>
    public const long MaxTimeout = 300_000_000;
}
