using System.Buffers;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Gateway;

/// <summary>A request that a follower sends on to the leader.</summary>
/// <param name="Wait">How far the leader is to wait.</param>
/// <param name="Timeout">How long at most.</param>
/// <param name="Command">Bytes as CommandCodec writes them.</param>
/// <remarks>On the wire a MessagePack array: version 1, wait, timeout in ms, command bytes.</remarks>
internal sealed record ForwardCall(ProposalWait Wait, TimeSpan Timeout, ReadOnlyMemory<byte> Command)
{
    private const int Version = 1;
    private const int MaxTimeoutMs = 60_000;

    public ReadOnlyMemory<byte> ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>(Command.Length + 32);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(4);
        writer.WriteInteger(Version);
        writer.WriteInteger((byte)Wait);
        writer.WriteInteger((long)Timeout.TotalMilliseconds);
        writer.WriteBytes(Command.Span);
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Null when the bytes are no such call.</summary>
    public static ForwardCall? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        return reader.TryReadArrayHeader(out var count) && count == 4
            && reader.TryReadInteger(out var version) && version == Version
            && reader.TryReadInteger(out var wait) && wait is >= 0 and <= (long)ProposalWait.Appended
            && reader.TryReadInteger(out var timeoutMs) && timeoutMs is > 0 and <= MaxTimeoutMs
            && reader.TryReadBytes(out var command) && reader.IsAtEnd
            ? new ForwardCall((ProposalWait)wait, TimeSpan.FromMilliseconds(timeoutMs), command.ToArray())
            : null;
    }
}
