namespace ReplicatedBook.Node.Peers;

/// <summary>First byte after the number of an answer.</summary>
internal static class PeerAnswerStatus
{
    /// <summary>Carried out; the body follows.</summary>
    public const byte Done = 0;

    /// <summary>Surely not carried out: too many calls at once, or the node is stopping.</summary>
    public const byte Refused = 1;
}
