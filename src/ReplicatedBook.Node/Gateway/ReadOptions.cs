namespace ReplicatedBook.Node.Gateway;

/// <summary>How a read is to be answered (API.md 1.3).</summary>
/// <param name="IsStrong">Linearizable; else from this node's state at once.</param>
/// <param name="MinIndex">Not before this index is applied here; 0 for no such wish.</param>
/// <param name="MaxLag">Refused when this node heard from a leader longer ago; null for no such wish.</param>
/// <param name="AtIndex">The answer as of this index; null for the present.</param>
/// <param name="Timeout">How long to wait at most.</param>
internal sealed record ReadOptions(
    bool IsStrong, long MinIndex, TimeSpan? MaxLag, long? AtIndex, TimeSpan Timeout)
{
    /// <summary>Default bound on any wait of a read.</summary>
    public const int DefaultTimeoutMs = 2_000;

    /// <summary>What a request without parameters asks for.</summary>
    public static ReadOptions Strong { get; } =
        new(true, 0, null, null, TimeSpan.FromMilliseconds(DefaultTimeoutMs));
}
