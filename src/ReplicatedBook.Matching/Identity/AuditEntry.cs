using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Identity;

/// <summary>Where an audit record is in the byte queue, and its link of the chain.</summary>
internal struct AuditEntry
{
    /// <summary>Its first byte, counted from the first ever.</summary>
    public long Start;

    /// <summary>Its bytes.</summary>
    public int Length;

    /// <summary>SHA-256 of the hash before it and its bytes.</summary>
    public Bytes32 Hash;
}
