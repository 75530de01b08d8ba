using System.Buffers;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Consensus.Messages;
using Xunit;

namespace ReplicatedBook.Replication.Tests;

public sealed class PeerMessageCodecTests
{
    private static readonly NodeId One = new("n1");
    private static readonly NodeId Two = new("n2");

    private static readonly RaftMessage[] Messages =
    [
        new RequestVote(One, Two, 7, 41, 6, IsPreVote: true, IsTransfer: false),
        new RequestVoteReply(One, Two, 7, IsGranted: true, IsPreVote: false),
        new AppendEntries(One, Two, 7, 40, 6, [], 39, 12, 1_700_000_000_000_000),
        new AppendEntriesReply(One, Two, 7, IsSuccess: false, 40, 38, 5, 12),
        new InstallSnapshot(One, Two, 7, new SnapshotMark(500, 6), 1024, new byte[] { 1, 2, 3 }, true, 99),
        new InstallSnapshotReply(One, Two, 7, new SnapshotMark(500, 6), 2048, IsInstalled: false),
        new ReadIndexRequest(One, Two, 7, 123),
        new ReadIndexReply(One, Two, 7, 123, -1),
        new TimeoutNow(One, Two, 7),
        new AgreementReport(One, Two, 7, 12, new Digest(1, 2, 3, 4), 10, new Digest(5, 6, 7, ulong.MaxValue), 2),
        new AppendEntries(One, Two, 7, 40, 6, [], 39, 12, 1_700_000_000_000_000, LastSentIndex: 41),
        new AppendEntriesReply(One, Two, 7, IsSuccess: false, 40, 38, 5, 12, IsIncomplete: true),
        new ReadIndexReply(One, Two, 7, 123, 40, LeaderLastIndex: 41),
    ];

    [Fact]
    public void Every_message_comes_back_as_it_was_written()
    {
        foreach (var message in Messages)
        {
            var read = PeerMessageCodec.Read(Write(message));

            Assert.NotNull(read);
            Assert.Equal(Write(message).ToArray(), Write(read).ToArray());
            Assert.Equal(message.GetType(), read.GetType());
            Assert.Equal((message.From, message.To, message.Term), (read.From, read.To, read.Term));
        }
    }

    [Fact]
    public void Entries_come_back_with_their_indexes_terms_kinds_and_payloads()
    {
        LogEntry[] entries =
        [
            new(41, 6, EntryKind.Command, new byte[] { 9, 8, 7 }),
            new(42, 7, EntryKind.NoOp, default),
        ];
        var read = (AppendEntries)PeerMessageCodec.Read(
            Write(new AppendEntries(One, Two, 7, 40, 6, entries, 39, 0, 5)))!;

        Assert.Equal([41, 42], read.Entries.Select(entry => entry.Index));
        Assert.Equal([6, 7], read.Entries.Select(entry => entry.Term));
        Assert.Equal([EntryKind.Command, EntryKind.NoOp], read.Entries.Select(entry => entry.Kind));
        Assert.Equal(new byte[] { 9, 8, 7 }, read.Entries[0].Payload.ToArray());
        Assert.Equal((39L, 5L), (read.LeaderCommit, read.LeaderTime));
    }

    [Fact]
    public void Layouts_are_as_documented()
    {
        var vote = Write(new RequestVote(One, Two, 7, 41, 6, IsPreVote: true, IsTransfer: false));
        Assert.Equal("9801A26E31A26E32072906C3C2", Convert.ToHexString(vote.Span));

        LogEntry[] entries = [new(41, 6, EntryKind.Command, new byte[] { 0xAA })];
        var append = Write(new AppendEntries(One, Two, 7, 40, 6, entries, 39, 1, 5));
        Assert.Equal("9A03A26E31A26E32072806270105930601C401AA", Convert.ToHexString(append.Span));

        var report = Write(new AgreementReport(One, Two, 7, 12, new Digest(0, 0, 0, 0xAB), 10, default, 2));
        var zeroes = new string('0', 62);
        Assert.Equal(
            $"990AA26E31A26E32070CC420{zeroes}AB0AC420{zeroes}0002", Convert.ToHexString(report.Span));
    }

    [Fact]
    [Trait("FieldReport", "rolling upgrade broken by a new mandatory header")]
    public void Fields_that_later_versions_added_are_written_only_where_they_say_something()
    {
        var append = Write(new AppendEntries(One, Two, 7, 40, 6, [], 39, 1, 5, LastSentIndex: 41));
        Assert.Equal("9B03A26E31A26E32072806270105" + "90" + "29", Convert.ToHexString(append.Span));
        var reply = Write(new AppendEntriesReply(One, Two, 7, true, 40, 0, 0, 1, IsIncomplete: true));
        Assert.Equal("9A04A26E31A26E3207C328000001" + "C3", Convert.ToHexString(reply.Span));
        var whole = Write(new AppendEntriesReply(One, Two, 7, true, 40, 0, 0, 1));
        Assert.Equal("9904A26E31A26E3207C328000001", Convert.ToHexString(whole.Span));
        var read = Write(new ReadIndexReply(One, Two, 7, 9, 40, LeaderLastIndex: 41));
        Assert.Equal("9708A26E31A26E3207092829", Convert.ToHexString(read.Span));
        var plain = Write(new ReadIndexReply(One, Two, 7, 9, 40));
        Assert.Equal("9608A26E31A26E32070928", Convert.ToHexString(plain.Span));
    }

    [Fact] // A newer version's message, while nodes are replaced one after another.
    [Trait("FieldReport", "rolling upgrade broken by a new mandatory header")]
    public void Fields_that_this_version_does_not_know_are_passed_over()
    {
        foreach (var message in Messages)
        {
            var known = Write(message).ToArray();
            byte[] last = [0x07, 0xA1, 0x78, 0x91, 0x01]; // A number, a text, an array.
            var whole = Full(message);
            byte[] newer = [(byte)(whole[0] + 3), .. whole.AsSpan(1), .. last];
            var more = newer[0] > 0x9F ? [0xDC, 0, (byte)(newer[0] - 0x90), .. newer.AsSpan(1)] : newer;
            var read = PeerMessageCodec.Read(more);

            Assert.NotNull(read);
            Assert.Equal(known, Write(read).ToArray());
        }
    }

    [Fact]
    public void A_cut_or_damaged_message_is_refused_or_read_but_never_thrown_on()
    {
        var random = new Random(20_261_121);
        foreach (var message in Messages)
        {
            var whole = Write(message);
            for (var length = 0; length < whole.Length; length++)
            {
                Assert.Null(PeerMessageCodec.Read(whole[..length]));
            }

            for (var i = 0; i < 5_000; i++)
            {
                var damaged = whole.ToArray();
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                PeerMessageCodec.Read(damaged);
            }
        }
    }

    /// <summary>All fields that this version knows, also those that say nothing.</summary>
    private static byte[] Full(RaftMessage message)
    {
        var bytes = Write(message).ToArray();
        byte[] missing = message switch
        {
            AppendEntries { LastSentIndex: 0 } => [0],
            AppendEntriesReply { IsIncomplete: false } => [0xC2],
            ReadIndexReply { LeaderLastIndex: 0 } => [0],
            _ => [],
        };
        return [(byte)(bytes[0] + missing.Length), .. bytes.AsSpan(1), .. missing];
    }

    private static ReadOnlyMemory<byte> Write(RaftMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>();
        PeerMessageCodec.Write(buffer, message);
        return buffer.WrittenMemory;
    }
}
