using ReplicatedBook.Matching.Commands;

namespace ReplicatedBook.Matching;

/// <summary>What applying one entry came to; the full result is in the bytes written beside it.</summary>
/// <param name="Reason"><see cref="RejectReason.None"/> when accepted.</param>
/// <param name="FirstIndex">For a request recognised by its key: log index of its only execution; else 0.</param>
public readonly record struct Applied(RejectReason Reason, long FirstIndex)
{
    /// <summary>Whether the stored first answer was given and nothing was done.</summary>
    public bool IsReplay => FirstIndex != 0;
}
