using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Replication;

/// <content>The replica's own message beside those of consensus.</content>
public static partial class PeerMessageCodec
{
    /// <summary>The version of the peer protocol that brought a message; one that speaks less must not be sent
    /// it.</summary>
    public static int NeededVersion(RaftMessage message) => message is AgreementReport ? 2 : 1;

    private static void WriteReport(ref MessagePackWriter writer, AgreementReport report)
    {
        Start(ref writer, Kind.AgreementReport, report, 5);
        writer.WriteInteger(report.AppliedIndex);
        WriteDigest(ref writer, report.Digest);
        writer.WriteInteger(report.StateHashIndex);
        WriteDigest(ref writer, report.StateHash);
        writer.WriteInteger(report.SupportedLevel);
    }

    private static AgreementReport? ReadReport(ref MessagePackReader reader, NodeId from, NodeId to, long term) =>
        reader.TryReadInteger(out var applied) && applied >= 0 && TryReadDigest(ref reader, out var digest)
        && reader.TryReadInteger(out var hashed) && hashed >= 0 && TryReadDigest(ref reader, out var stateHash)
        && reader.TryReadInteger(out var level) && level is >= 1 and <= int.MaxValue
            ? new AgreementReport(from, to, term, applied, digest, hashed, stateHash, (int)level)
            : null;

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
