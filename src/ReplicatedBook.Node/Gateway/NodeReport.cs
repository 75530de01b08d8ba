using System.Buffers;
using System.Text;
using ReplicatedBook.Consensus;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Gateway;

/// <summary>What a node says of itself to another.</summary>
/// <param name="Role">Its role.</param>
/// <param name="Term">Its term.</param>
/// <param name="CommitIndex">What it knows to be committed.</param>
/// <param name="AppliedIndex">What it has applied.</param>
/// <param name="Digest">Running digest at the applied index.</param>
/// <param name="IsHealthy">Whether its disk works and its state is the majority's.</param>
/// <param name="Version">Version of its program.</param>
/// <param name="SupportedLevel">Highest feature level it carries out; 1 where the report does not say.</param>
/// <param name="StateHashIndex">Last index at which it has hashed its state; 0 before the first, or where the report
/// does not say.</param>
/// <param name="StateHash">That hash.</param>
/// <remarks>On the wire a MessagePack array: version 1, role, term, commit index, applied index, digest (32 bytes),
/// healthy, version text, supported level, state hash index, state hash (32 bytes). What is missing has its default,
/// and what follows is of later builds.</remarks>
internal sealed record NodeReport(
    Role Role, long Term, long CommitIndex, long AppliedIndex, Digest Digest, bool IsHealthy, string Version,
    int SupportedLevel, long StateHashIndex, Digest StateHash)
{
    private const int FormatVersion = 1;
    private const int FirstFields = 8;

    /// <summary>Version of this program.</summary>
    public static string OwnVersion { get; } = typeof(NodeReport).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    public static NodeReport Of(ReplicaStatus status) => new(
        status.Role, status.Term, status.CommitIndex, status.AppliedIndex, status.Digest,
        !status.HasFailed && status.Divergence is null, OwnVersion, status.SupportedLevel, status.StateHashIndex,
        status.StateHash);

    public ReadOnlyMemory<byte> ToBytes()
    {
        Span<byte> digest = stackalloc byte[Digest.Size];
        Digest.CopyTo(digest);
        var buffer = new ArrayBufferWriter<byte>(96);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(FirstFields + 3);
        writer.WriteInteger(FormatVersion);
        writer.WriteInteger((byte)Role);
        writer.WriteInteger(Term);
        writer.WriteInteger(CommitIndex);
        writer.WriteInteger(AppliedIndex);
        writer.WriteBytes(digest);
        writer.WriteBoolean(IsHealthy);
        writer.WriteText(Encoding.UTF8.GetBytes(Version));
        writer.WriteInteger(SupportedLevel);
        writer.WriteInteger(StateHashIndex);
        StateHash.CopyTo(digest);
        writer.WriteBytes(digest);
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Null when the bytes are no such report.</summary>
    public static NodeReport? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        if (!reader.TryReadArrayHeader(out var count) || count < FirstFields
            || !reader.TryReadInteger(out var format) || format != FormatVersion
            || !reader.TryReadInteger(out var role) || role is < 0 or > (long)Role.Leader
            || !reader.TryReadInteger(out var term)
            || !reader.TryReadInteger(out var commit)
            || !reader.TryReadInteger(out var applied)
            || !reader.TryReadBytes(out var digest) || digest.Length != Digest.Size
            || !reader.TryReadBoolean(out var healthy)
            || !reader.TryReadText(out var version) || version.Length > 64)
        {
            return null;
        }

        var (level, hashed, hash) = (1L, 0L, default(Digest));
        if (count > FirstFields && !reader.TryReadInteger(out level))
        {
            return null;
        }

        if (count >= FirstFields + 3)
        {
            if (!reader.TryReadInteger(out hashed) || !reader.TryReadBytes(out var stateHash)
                || stateHash.Length != Digest.Size)
            {
                return null;
            }

            hash = Digest.FromBytes(stateHash);
        }

        return new NodeReport(
            (Role)role, term, commit, applied, Digest.FromBytes(digest), healthy, Encoding.UTF8.GetString(version),
            (int)Math.Clamp(level, 1, int.MaxValue), hashed, hash);
    }
}
