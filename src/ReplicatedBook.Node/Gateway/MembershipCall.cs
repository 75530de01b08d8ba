using System.Buffers;
using System.Text;
using ReplicatedBook.Consensus;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Gateway;

/// <summary>Asks the leader to change the membership.</summary>
/// <remarks>On the wire a MessagePack array: version 1, change (1 add a learner, 2 promote, 3 remove), node (text),
/// contact (text, empty where the change has none); and where the change is for one membership only, its fingerprint
/// (64 bits as a signed integer), which an older build refuses to read, as it could not heed it. The answer: version 1,
/// result, refusal, index, term.</remarks>
internal static class MembershipCall
{
    private const int Version = 1;
    private const int Parts = 4;
    private const int PartsWithCondition = 5;
    private const int AnswerParts = 5;
    private const int Add = 1;
    private const int Promote = 2;
    private const int Remove = 3;

    public static ReadOnlyMemory<byte> ToBytes(MembershipChange change)
    {
        var (kind, node, contact) = change switch
        {
            MembershipChange.AddLearner add => (Add, add.Id, add.Contact),
            MembershipChange.Promote promote => (Promote, promote.Id, string.Empty),
            MembershipChange.Remove remove => (Remove, remove.Id, string.Empty),
            _ => throw new ArgumentException("not a change that is forwarded", nameof(change)),
        };
        var buffer = new ArrayBufferWriter<byte>(128);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(change.IfFingerprint == 0 ? Parts : PartsWithCondition);
        writer.WriteInteger(Version);
        writer.WriteInteger(kind);
        writer.WriteText(Encoding.UTF8.GetBytes(node.Value));
        writer.WriteText(Encoding.UTF8.GetBytes(contact));
        if (change.IfFingerprint != 0)
        {
            writer.WriteInteger(unchecked((long)change.IfFingerprint));
        }

        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Null when the bytes are no such call.</summary>
    public static MembershipChange? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        var condition = 0L;
        if (!reader.TryReadArrayHeader(out var count) || count is not (Parts or PartsWithCondition)
            || !reader.TryReadInteger(out var version) || version != Version
            || !reader.TryReadInteger(out var kind)
            || !reader.TryReadText(out var name) || !reader.TryReadText(out var contact)
            || (count == PartsWithCondition && !reader.TryReadInteger(out condition)) || !reader.IsAtEnd)
        {
            return null;
        }

        var node = new NodeId(Encoding.UTF8.GetString(name));
        MembershipChange? change = kind switch
        {
            Add => new MembershipChange.AddLearner(node, Encoding.UTF8.GetString(contact)),
            Promote => new MembershipChange.Promote(node),
            Remove => new MembershipChange.Remove(node),
            _ => null,
        };
        return change is null ? null : change with { IfFingerprint = unchecked((ulong)condition) };
    }

    public static ReadOnlyMemory<byte> ToAnswer(MembershipOutcome outcome)
    {
        var buffer = new ArrayBufferWriter<byte>(32);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(AnswerParts);
        writer.WriteInteger(Version);
        writer.WriteInteger((byte)outcome.Result);
        writer.WriteInteger((byte)outcome.Refusal);
        writer.WriteInteger(outcome.Index);
        writer.WriteInteger(outcome.Term);
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Null when the bytes are no such answer.</summary>
    public static MembershipOutcome? ReadAnswer(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        return reader.TryReadArrayHeader(out var count) && count == AnswerParts
            && reader.TryReadInteger(out var version) && version == Version
            && reader.TryReadInteger(out var result) && result is >= 0 and <= (long)MembershipResult.ShuttingDown
            && reader.TryReadInteger(out var refusal) && refusal is >= 0 and <= (long)MembershipRefusal.Changed
            && reader.TryReadInteger(out var index)
            && reader.TryReadInteger(out var term) && reader.IsAtEnd
            ? new MembershipOutcome((MembershipResult)result, (MembershipRefusal)refusal, index, term)
            : null;
    }
}
