using ReplicatedBook.Matching.Pages;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Identity;

/// <summary>An image of an <see cref="AuditTrail"/>.</summary>
/// <param name="entries">By sequence.</param>
/// <param name="bytes">The records.</param>
/// <param name="hashBefore">As in the trail.</param>
/// <param name="lastHash">As in the trail.</param>
internal sealed class FrozenAudit(
    FrozenQueue<AuditEntry> entries, FrozenQueue<byte> bytes, Bytes32 hashBefore, Bytes32 lastHash)
{
    /// <summary>Sequence of the oldest kept.</summary>
    public long First => entries.First;

    /// <summary>That behind the newest.</summary>
    public long Next => entries.Next;

    /// <summary>Hash of the record before the oldest kept.</summary>
    public Bytes32 HashBefore => hashBefore;

    /// <summary>Hash of the newest record.</summary>
    public Bytes32 LastHash => lastHash;

    /// <summary>Copies a record.</summary>
    /// <param name="sequence">Which.</param>
    /// <param name="destination">Room for any record.</param>
    /// <returns>Its bytes.</returns>
    public Span<byte> Copy(long sequence, Span<byte> destination)
    {
        ref readonly var entry = ref entries[sequence];
        var record = destination[..entry.Length];
        bytes.CopyTo(entry.Start, record);
        return record;
    }
}
