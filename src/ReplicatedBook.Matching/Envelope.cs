using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <summary>A command's header as it is read: the key stays where it stands among the command's bytes.</summary>
internal ref struct Envelope
{
    /// <summary>Of the layout of its content.</summary>
    public int Version;

    /// <summary>Who sent it.</summary>
    public UserId User;

    /// <summary>Microseconds of cluster time; 0 for none.</summary>
    public long Deadline;

    /// <summary>The request key; empty when none was given.</summary>
    public ReadOnlySpan<byte> Key;
}
