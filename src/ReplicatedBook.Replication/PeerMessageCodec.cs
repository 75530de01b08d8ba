using System.Buffers;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Replication;

/// <summary>Consensus messages as canonical MessagePack: [kind, from, to, term, ...] (layouts in README.md).</summary>
/// <remarks>A message may have more fields at its end than this version knows: they are passed over. Fields that later
/// versions added are written only where they say something, and read as 0 or false where they are missing. So nodes of
/// neighbouring versions understand one another.</remarks>
public static partial class PeerMessageCodec
{
    private enum Kind
    {
        RequestVote = 1,
        RequestVoteReply = 2,
        AppendEntries = 3,
        AppendEntriesReply = 4,
        InstallSnapshot = 5,
        InstallSnapshotReply = 6,
        ReadIndexRequest = 7,
        ReadIndexReply = 8,
        TimeoutNow = 9,
        AgreementReport = 10,
    }

    /// <summary>Writes a message.</summary>
    public static void Write(IBufferWriter<byte> destination, RaftMessage message)
    {
        var writer = new MessagePackWriter(destination);
        switch (message)
        {
            case RequestVote m:
                Start(ref writer, Kind.RequestVote, m, 4);
                writer.WriteInteger(m.LastIndex);
                writer.WriteInteger(m.LastTerm);
                writer.WriteBoolean(m.IsPreVote);
                writer.WriteBoolean(m.IsTransfer);
                break;
            case RequestVoteReply m:
                Start(ref writer, Kind.RequestVoteReply, m, 2);
                writer.WriteBoolean(m.IsGranted);
                writer.WriteBoolean(m.IsPreVote);
                break;
            case AppendEntries m:
                WriteAppend(ref writer, m);
                break;
            case AppendEntriesReply m:
                Start(ref writer, Kind.AppendEntriesReply, m, m.IsIncomplete ? 6 : 5);
                writer.WriteBoolean(m.IsSuccess);
                writer.WriteInteger(m.MatchIndex);
                writer.WriteInteger(m.HintIndex);
                writer.WriteInteger(m.HintTerm);
                writer.WriteInteger(m.ReadRound);
                if (m.IsIncomplete)
                {
                    writer.WriteBoolean(true);
                }

                break;
            case InstallSnapshot m:
                Start(ref writer, Kind.InstallSnapshot, m, 6);
                writer.WriteInteger(m.Mark.Index);
                writer.WriteInteger(m.Mark.Term);
                writer.WriteInteger(m.Offset);
                writer.WriteBytes(m.Data.Span);
                writer.WriteBoolean(m.IsLast);
                writer.WriteInteger(m.LeaderTime);
                break;
            case InstallSnapshotReply m:
                Start(ref writer, Kind.InstallSnapshotReply, m, 4);
                writer.WriteInteger(m.Mark.Index);
                writer.WriteInteger(m.Mark.Term);
                writer.WriteInteger(m.NextOffset);
                writer.WriteBoolean(m.IsInstalled);
                break;
            case ReadIndexRequest m:
                Start(ref writer, Kind.ReadIndexRequest, m, 1);
                writer.WriteInteger(m.RequestId);
                break;
            case ReadIndexReply m:
                Start(ref writer, Kind.ReadIndexReply, m, m.LeaderLastIndex == 0 ? 2 : 3);
                writer.WriteInteger(m.RequestId);
                writer.WriteInteger(m.Index);
                if (m.LeaderLastIndex != 0)
                {
                    writer.WriteInteger(m.LeaderLastIndex);
                }

                break;
            case TimeoutNow m:
                Start(ref writer, Kind.TimeoutNow, m, 0);
                break;
            case AgreementReport m:
                WriteReport(ref writer, m);
                break;
            default:
                throw new ArgumentException($"no layout for {message.GetType().Name}", nameof(message));
        }

        writer.Flush();
    }

    /// <summary>Reads a message; payloads and pieces are parts of <paramref name="bytes"/>, which must not change
    /// afterwards.</summary>
    /// <returns>Null when the bytes are no message.</returns>
    public static RaftMessage? Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new MessagePackReader(bytes.Span);
        if (!reader.TryReadArrayHeader(out var count) || count < 4 || !reader.TryReadInteger(out var kind)
            || !TryReadNode(ref reader, out var from) || !TryReadNode(ref reader, out var to)
            || !reader.TryReadInteger(out var term))
        {
            return null;
        }

        var message = (Kind)kind switch
        {
            Kind.RequestVote when count >= 8 => ReadVote(ref reader, from, to, term),
            Kind.RequestVoteReply when count >= 6 => ReadVoteReply(ref reader, from, to, term),
            Kind.AppendEntries when count >= 10 => ReadAppend(ref reader, bytes, from, to, term, count > 10),
            Kind.AppendEntriesReply when count >= 9 => ReadAppendReply(ref reader, from, to, term, count > 9),
            Kind.InstallSnapshot when count >= 10 => ReadPiece(ref reader, bytes, from, to, term),
            Kind.InstallSnapshotReply when count >= 8 => ReadPieceReply(ref reader, from, to, term),
            Kind.ReadIndexRequest when count >= 5 => ReadIndexQuestion(ref reader, from, to, term),
            Kind.ReadIndexReply when count >= 6 => ReadIndexAnswer(ref reader, from, to, term, count > 6),
            Kind.TimeoutNow => new TimeoutNow(from, to, term),
            Kind.AgreementReport when count >= 9 => ReadReport(ref reader, from, to, term),
            _ => (RaftMessage?)null,
        };
        var hasMore = count > KnownFields((Kind)kind);
        return reader.IsAtEnd || (hasMore && !reader.HasFailed) ? message : null;
    }

    private static int KnownFields(Kind kind) => kind switch
    {
        Kind.RequestVote or Kind.InstallSnapshotReply => 8,
        Kind.RequestVoteReply => 6,
        Kind.AppendEntries => 11,
        Kind.AppendEntriesReply or Kind.InstallSnapshot => 10,
        Kind.ReadIndexRequest => 5,
        Kind.AgreementReport => 9,
        Kind.ReadIndexReply => 7,
        _ => 4,
    };

    private static void Start(ref MessagePackWriter writer, Kind kind, RaftMessage message, int fields)
    {
        writer.WriteArrayHeader(4 + fields);
        writer.WriteInteger((int)kind);
        WriteNode(ref writer, message.From);
        WriteNode(ref writer, message.To);
        writer.WriteInteger(message.Term);
    }

    private static void WriteNode(ref MessagePackWriter writer, NodeId node)
    {
        Span<byte> bytes = stackalloc byte[64];
        writer.WriteText(bytes[..System.Text.Encoding.ASCII.GetBytes(node.Value, bytes)]);
    }

    private static bool TryReadNode(ref MessagePackReader reader, out NodeId node)
    {
        node = default;
        if (!reader.TryReadText(out var text) || text.Length is 0 or > 64 || !System.Text.Ascii.IsValid(text))
        {
            return false;
        }

        node = new NodeId(string.Intern(System.Text.Encoding.ASCII.GetString(text)));
        return true;
    }

    private static void WriteAppend(ref MessagePackWriter writer, AppendEntries append)
    {
        Start(ref writer, Kind.AppendEntries, append, append.LastSentIndex == 0 ? 6 : 7);
        writer.WriteInteger(append.PreviousIndex);
        writer.WriteInteger(append.PreviousTerm);
        writer.WriteInteger(append.LeaderCommit);
        writer.WriteInteger(append.ReadRound);
        writer.WriteInteger(append.LeaderTime);
        writer.WriteArrayHeader(3 * append.Entries.Count);
        for (var i = 0; i < append.Entries.Count; i++)
        {
            var entry = append.Entries[i];
            writer.WriteInteger(entry.Term);
            writer.WriteInteger((int)entry.Kind);
            writer.WriteBytes(entry.Payload.Span);
        }

        if (append.LastSentIndex != 0)
        {
            writer.WriteInteger(append.LastSentIndex);
        }
    }

    private static AppendEntries? ReadAppend(
        ref MessagePackReader reader, ReadOnlyMemory<byte> bytes, NodeId from, NodeId to, long term, bool hasLast)
    {
        if (!reader.TryReadInteger(out var previousIndex) || !reader.TryReadInteger(out var previousTerm)
            || !reader.TryReadInteger(out var commit) || !reader.TryReadInteger(out var round)
            || !reader.TryReadInteger(out var time) || !reader.TryReadArrayHeader(out var fields) || fields % 3 != 0
            || previousIndex < 0 || previousIndex > long.MaxValue - fields)
        {
            return null;
        }

        var entries = fields == 0 ? [] : new LogEntry[fields / 3];
        for (var i = 0; i < entries.Length; i++)
        {
            if (!reader.TryReadInteger(out var entryTerm) || !reader.TryReadInteger(out var kind)
                || kind is < 0 or > byte.MaxValue || !TryReadPart(ref reader, bytes, out var payload))
            {
                return null;
            }

            entries[i] = new LogEntry(previousIndex + 1 + i, entryTerm, (EntryKind)kind, payload);
        }

        var last = 0L;
        return hasLast && !reader.TryReadInteger(out last)
            ? null
            : new AppendEntries(from, to, term, previousIndex, previousTerm, entries, commit, round, time, last);
    }

    private static bool TryReadPart(
        ref MessagePackReader reader, ReadOnlyMemory<byte> bytes, out ReadOnlyMemory<byte> part)
    {
        part = default;
        if (!reader.TryReadBytes(out var span))
        {
            return false;
        }

        part = bytes.Slice(reader.Consumed - span.Length, span.Length);
        return true;
    }

    private static RequestVote? ReadVote(ref MessagePackReader reader, NodeId from, NodeId to, long term) =>
        reader.TryReadInteger(out var index) && reader.TryReadInteger(out var lastTerm)
        && reader.TryReadBoolean(out var isPreVote) && reader.TryReadBoolean(out var isTransfer)
            ? new RequestVote(from, to, term, index, lastTerm, isPreVote, isTransfer)
            : null;

    private static RequestVoteReply? ReadVoteReply(ref MessagePackReader reader, NodeId from, NodeId to, long term) =>
        reader.TryReadBoolean(out var isGranted) && reader.TryReadBoolean(out var isPreVote)
            ? new RequestVoteReply(from, to, term, isGranted, isPreVote)
            : null;

    private static ReadIndexRequest? ReadIndexQuestion(
        ref MessagePackReader reader, NodeId from, NodeId to, long term) =>
        reader.TryReadInteger(out var id) ? new ReadIndexRequest(from, to, term, id) : null;

    private static ReadIndexReply? ReadIndexAnswer(
        ref MessagePackReader reader, NodeId from, NodeId to, long term, bool hasLast)
    {
        var last = 0L;
        return reader.TryReadInteger(out var id) && reader.TryReadInteger(out var index)
            && (!hasLast || reader.TryReadInteger(out last))
                ? new ReadIndexReply(from, to, term, id, index, last)
                : null;
    }

    private static AppendEntriesReply? ReadAppendReply(
        ref MessagePackReader reader, NodeId from, NodeId to, long term, bool hasIncomplete)
    {
        var isIncomplete = false;
        return reader.TryReadBoolean(out var isSuccess) && reader.TryReadInteger(out var match)
            && reader.TryReadInteger(out var hintIndex) && reader.TryReadInteger(out var hintTerm)
            && reader.TryReadInteger(out var round) && (!hasIncomplete || reader.TryReadBoolean(out isIncomplete))
                ? new AppendEntriesReply(
                    from, to, term, isSuccess, match, hintIndex, hintTerm, round, isIncomplete)
                : null;
    }

    private static InstallSnapshot? ReadPiece(
        ref MessagePackReader reader, ReadOnlyMemory<byte> bytes, NodeId from, NodeId to, long term) =>
        reader.TryReadInteger(out var index) && reader.TryReadInteger(out var markTerm)
        && reader.TryReadInteger(out var offset) && TryReadPart(ref reader, bytes, out var data)
        && reader.TryReadBoolean(out var isLast) && reader.TryReadInteger(out var time)
            ? new InstallSnapshot(from, to, term, new SnapshotMark(index, markTerm), offset, data, isLast, time)
            : null;

    private static InstallSnapshotReply? ReadPieceReply(
        ref MessagePackReader reader, NodeId from, NodeId to, long term) =>
        reader.TryReadInteger(out var index) && reader.TryReadInteger(out var markTerm)
        && reader.TryReadInteger(out var next) && reader.TryReadBoolean(out var isInstalled)
            ? new InstallSnapshotReply(from, to, term, new SnapshotMark(index, markTerm), next, isInstalled)
            : null;
}
