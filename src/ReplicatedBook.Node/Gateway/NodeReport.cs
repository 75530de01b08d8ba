using System.Buffers;
using System.Reflection;
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
/// <param name="IsHealthy">Whether its disk works.</param>
/// <param name="Version">Version of its program.</param>
/// <remarks>On the wire a MessagePack array: version 1, role, term, commit index, applied index, digest (32 bytes),
/// healthy, version text.</remarks>
internal sealed record NodeReport(
    Role Role, long Term, long CommitIndex, long AppliedIndex, Digest Digest, bool IsHealthy, string Version)
{
    private const int FormatVersion = 1;

    /// <summary>Version of this program.</summary>
    public static string OwnVersion { get; } = typeof(NodeReport).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>Commit of the sources this program was built from, as the build knew it; unknown without
    /// one.</summary>
    public static string OwnCommit { get; } = typeof(NodeReport).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') is [_, var commit]
            ? commit
            : "unknown";

    public static NodeReport Of(ReplicaStatus status) => new(
        status.Role, status.Term, status.CommitIndex, status.AppliedIndex, status.Digest, !status.HasFailed,
            OwnVersion);

    public ReadOnlyMemory<byte> ToBytes()
    {
        Span<byte> digest = stackalloc byte[Digest.Size];
        Digest.CopyTo(digest);
        var buffer = new ArrayBufferWriter<byte>(96);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(8);
        writer.WriteInteger(FormatVersion);
        writer.WriteInteger((byte)Role);
        writer.WriteInteger(Term);
        writer.WriteInteger(CommitIndex);
        writer.WriteInteger(AppliedIndex);
        writer.WriteBytes(digest);
        writer.WriteBoolean(IsHealthy);
        writer.WriteText(Encoding.UTF8.GetBytes(Version));
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Null when the bytes are no such report.</summary>
    public static NodeReport? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        return reader.TryReadArrayHeader(out var count) && count == 8
            && reader.TryReadInteger(out var format) && format == FormatVersion
            && reader.TryReadInteger(out var role) && role is >= 0 and <= (long)Role.Leader
            && reader.TryReadInteger(out var term)
            && reader.TryReadInteger(out var commit)
            && reader.TryReadInteger(out var applied)
            && reader.TryReadBytes(out var digest) && digest.Length == Digest.Size
            && reader.TryReadBoolean(out var healthy)
            && reader.TryReadText(out var version) && version.Length <= 64 && reader.IsAtEnd
            ? new NodeReport(
                (Role)role, term, commit, applied, Digest.FromBytes(digest), healthy, Encoding.UTF8.GetString(version))
            : null;
    }
}
