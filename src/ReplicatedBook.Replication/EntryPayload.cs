using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Replication;

/// <summary>Content of a command entry: the leader's time, then the command's bytes (layout in README.md).</summary>
internal static class EntryPayload
{
    /// <summary>MessagePack's 64-bit unsigned form is the longest that a time takes.</summary>
    private const int MaxTimeBytes = 9;

    /// <summary>Puts a time before a command.</summary>
    public static ReadOnlyMemory<byte> Create(Timestamp at, ReadOnlySpan<byte> command, ByteArena arena)
    {
        var destination = new FixedBufferWriter(arena.Take(MaxTimeBytes + command.Length));
        var writer = new MessagePackWriter(destination);
        writer.WriteInteger(at.Microseconds);
        writer.Flush();
        destination.Append(command);
        return destination.Written;
    }

    /// <summary>Takes an entry's content apart; false when it was not made by <see cref="Create"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out Timestamp at, out ReadOnlySpan<byte> command)
    {
        var reader = new MessagePackReader(payload);
        if (!reader.TryReadInteger(out var microseconds) || microseconds < 0)
        {
            at = default;
            command = default;
            return false;
        }

        at = new Timestamp(microseconds);
        command = payload[reader.Consumed..];
        return true;
    }
}
