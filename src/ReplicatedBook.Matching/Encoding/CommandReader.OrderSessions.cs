namespace ReplicatedBook.Matching.Encoding;

/// <content>Commands of sessions of orders.</content>
internal static partial class CommandReader
{
    /// <summary>Reads the session that orders are placed in. There is one: what is placed in none has an earlier
    /// version.</summary>
    public static bool TryReadSession(ref MessagePackReader reader, out long session) =>
        reader.TryReadInteger(out session) && session > 0;

    /// <summary>Reads the content of an OpenOrderSession.</summary>
    public static bool TryReadOpenSession(
        scoped ref MessagePackReader reader, out ReadOnlySpan<byte> node, out long incarnation, out long lease,
        out long grace)
    {
        (incarnation, lease, grace) = (0, 0, 0);
        return reader.TryReadText(out node) && TextRules.IsNodeName(node) && reader.TryReadInteger(out incarnation)
            && reader.TryReadInteger(out lease) && reader.TryReadInteger(out grace) && reader.IsAtEnd;
    }

    /// <summary>Reads the content of a RenewOrderSessions.</summary>
    public static bool TryReadRenewSessions(
        scoped ref MessagePackReader reader, out ReadOnlySpan<byte> node, out long incarnation)
    {
        incarnation = 0;
        return reader.TryReadText(out node) && TextRules.IsNodeName(node) && reader.TryReadInteger(out incarnation)
            && reader.IsAtEnd;
    }
}
