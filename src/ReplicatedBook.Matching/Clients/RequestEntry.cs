namespace ReplicatedBook.Matching.Clients;

/// <summary>One remembered request; its key and answer are in the byte ring.</summary>
internal struct RequestEntry
{
    /// <summary>Who sent it.</summary>
    public long User;

    /// <summary>Of user and key.</summary>
    public ulong KeyHash;

    /// <summary>Of the command without its deadline, which a retry may set anew.</summary>
    public UInt128 Content;

    /// <summary>Log index of its only execution.</summary>
    public long Index;

    /// <summary>When.</summary>
    public long At;

    /// <summary>Where its key starts in the byte ring, counted from the first byte ever.</summary>
    public long Start;

    /// <summary>Bytes of the key.</summary>
    public int KeyLength;

    /// <summary>Bytes of the answer, which follows the key.</summary>
    public int ResultLength;

    /// <summary>The answer's reason.</summary>
    public byte Reason;
}
