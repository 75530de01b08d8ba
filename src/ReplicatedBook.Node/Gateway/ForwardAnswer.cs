using System.Buffers;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Gateway;

/// <summary>What the leader made of a request, for the node that has the client.</summary>
/// <param name="Proposal">What became of it.</param>
/// <param name="First">For a replay: the record of the only execution, when the leader still keeps it.</param>
/// <remarks>On the wire a MessagePack array: version 1, outcome, index, term, time in µs, digest (32 bytes), reason,
/// first index, result bytes, and of the first execution term, time and digest, or three times nil.</remarks>
internal readonly record struct ForwardAnswer(Proposal Proposal, EntryRecord? First)
{
    private const int Version = 1;
    private const int Parts = 12;

    public static ForwardAnswer NotApplied(ProposalOutcome outcome) => new(Proposal.NotApplied(outcome), null);

    /// <summary>Adds the record of the first execution, which only the node that proposed is sure to have.</summary>
    public static ForwardAnswer From(Proposal proposal, IReplicaReader reader) => new(
        proposal,
        proposal.Outcome == ProposalOutcome.Applied && proposal.Applied.IsReplay
            ? reader.RecordAt(proposal.Applied.FirstIndex)
            : null);

    public ReadOnlyMemory<byte> ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>(Proposal.Result.Length + 128);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(Parts);
        writer.WriteInteger(Version);
        writer.WriteInteger((byte)Proposal.Outcome);
        writer.WriteInteger(Proposal.Index);
        writer.WriteInteger(Proposal.Term);
        writer.WriteInteger(Proposal.At.Microseconds);
        WriteDigest(ref writer, Proposal.Digest);
        writer.WriteInteger((byte)Proposal.Applied.Reason);
        writer.WriteInteger(Proposal.Applied.FirstIndex);
        writer.WriteBytes(Proposal.Result.Span);
        if (First is { } first)
        {
            writer.WriteInteger(first.Term);
            writer.WriteInteger(first.At.Microseconds);
            WriteDigest(ref writer, first.Digest);
        }
        else
        {
            writer.WriteNil();
            writer.WriteNil();
            writer.WriteNil();
        }

        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Null when the bytes are no such answer.</summary>
    public static ForwardAnswer? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        if (!reader.TryReadArrayHeader(out var count) || count != Parts
            || !reader.TryReadInteger(out var version) || version != Version
            || !reader.TryReadInteger(out var outcome) || outcome is < 0 or > (long)ProposalOutcome.NotSupported
            || !reader.TryReadInteger(out var index)
            || !reader.TryReadInteger(out var term)
            || !reader.TryReadInteger(out var at)
            || !TryReadDigest(ref reader, out var digest)
            || !reader.TryReadInteger(out var reason) || reason is < 0 or > byte.MaxValue
            || !reader.TryReadInteger(out var firstIndex)
            || !reader.TryReadBytes(out var result))
        {
            return null;
        }

        var applied = new Applied((RejectReason)reason, firstIndex);
        var proposal = new Proposal(
            (ProposalOutcome)outcome, index, term, new Timestamp(at), digest, applied, result.ToArray());
        if (reader.TryReadNil())
        {
            return reader.TryReadNil() && reader.TryReadNil() && reader.IsAtEnd
                ? new ForwardAnswer(proposal, null) : null;
        }

        return reader.TryReadInteger(out var firstTerm) && reader.TryReadInteger(out var firstAt)
            && TryReadDigest(ref reader, out var firstDigest) && reader.IsAtEnd
            ? new ForwardAnswer(
                proposal,
                new EntryRecord(firstIndex, firstTerm, new Timestamp(firstAt), firstDigest, applied.Reason))
            : null;
    }

    private static void WriteDigest(ref MessagePackWriter writer, in Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        digest.CopyTo(bytes);
        writer.WriteBytes(bytes);
    }

    private static bool TryReadDigest(ref MessagePackReader reader, out Digest digest)
    {
        var isRead = reader.TryReadBytes(out var bytes) && bytes.Length == Digest.Size;
        digest = isRead ? Digest.FromBytes(bytes) : default;
        return isRead;
    }
}
