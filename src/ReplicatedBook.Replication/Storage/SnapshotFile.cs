using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication.Storage;

/// <summary>Layout of a snapshot file: a header with the content's SHA-256, then blocks, each with a checksum of its
/// own.</summary>
/// <remarks>SHA-256 tells that a snapshot is whole when the node starts; the blocks' checksums, that a piece sent to a
/// follower months later is still what was written, without reading all of it.</remarks>
internal static class SnapshotFile
{
    /// <summary>Content bytes per block; the last block is shorter.</summary>
    public const int BlockBytes = 64 << 10;

    // Synced in steps: one sync of a large file would make the log's syncs wait behind it.
    private const int SyncStepBlocks = 16;

    private const int StrideBytes = BlockBytes + sizeof(uint);
    private const int IndexOffset = HeaderBlock.BodyOffset;
    private const int TermOffset = HeaderBlock.BodyOffset + 8;
    private const int LengthOffset = HeaderBlock.BodyOffset + 16;
    private const int DigestOffset = HeaderBlock.BodyOffset + 24;

    private static ReadOnlySpan<byte> Magic => "RBOOKSNP"u8;

    /// <summary>Writes content and header to an empty file; the caller syncs.</summary>
    public static void Write(
        IDiskFile file, SnapshotMark mark, ReadOnlySequence<byte> content, StorageIdentity identity, Action? pause)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[StrideBytes];
        var rest = content;
        for (var number = 0; rest.Length > 0; number++)
        {
            var data = block.AsSpan(0, (int)Math.Min(BlockBytes, rest.Length));
            rest.Slice(0, data.Length).CopyTo(data);
            rest = rest.Slice(data.Length);
            sha.AppendData(data);
            BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(data.Length), BlockChecksum(mark, number, data));
            file.Write(BlockOffset(number), block.AsSpan(0, data.Length + sizeof(uint)));
            if (number % SyncStepBlocks == SyncStepBlocks - 1)
            {
                file.Sync();
                pause?.Invoke();
            }
        }

        Span<byte> header = stackalloc byte[HeaderBlock.Bytes];
        header.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(header[IndexOffset..], mark.Index);
        BinaryPrimitives.WriteInt64LittleEndian(header[TermOffset..], mark.Term);
        BinaryPrimitives.WriteInt64LittleEndian(header[LengthOffset..], content.Length);
        sha.GetHashAndReset(header[DigestOffset..]);
        HeaderBlock.Complete(header, Magic, identity);
        file.Write(0, header);
    }

    /// <summary>Reads and checks all of a snapshot.</summary>
    /// <returns>Its content.</returns>
    /// <exception cref="StorageDamagedException">Any of it is not what was written under this mark.</exception>
    public static byte[] Read(IDisk disk, string path, SnapshotMark mark, StorageIdentity identity)
    {
        using var file = disk.Open(path, create: false);
        var header = ReadHeader(file, path, mark, identity, out var length);
        var content = new byte[length];
        ReadBlocks(file, path, mark, length, 0, content);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, digest);
        return digest.SequenceEqual(header.AsSpan(DigestOffset, SHA256.HashSizeInBytes))
            ? content
            : throw new StorageDamagedException(path, HeaderBlock.Bytes, "the content has another SHA-256");
    }

    /// <summary>Whose a snapshot's file is and which; its header is checked, nothing else.</summary>
    /// <exception cref="StorageDamagedException">It does not begin as one.</exception>
    /// <exception cref="StorageVersionException">It is of a later version.</exception>
    public static (StorageIdentity Owner, SnapshotMark Mark) ReadOwner(ReadOnlySpan<byte> file, string path)
    {
        var header = file[..Math.Min(file.Length, HeaderBlock.Bytes)];
        var owner = header.Length == HeaderBlock.Bytes ? HeaderBlock.OwnerOf(header) : null;
        if (owner is null || !HeaderBlock.IsValid(header, Magic, owner, path))
        {
            throw new StorageDamagedException(path, 0, "this is not the header of a snapshot, or not a whole one");
        }

        return (owner, MarkOf(header));
    }

    /// <summary>Reads and checks the blocks that hold a piece of the content.</summary>
    /// <returns>The piece, and whether the content ends with it.</returns>
    public static (byte[] Data, bool IsLast) ReadPiece(
        IDisk disk, string path, SnapshotMark mark, StorageIdentity identity, long offset, int maxBytes)
    {
        using var file = disk.Open(path, create: false);
        ReadHeader(file, path, mark, identity, out var length);
        var start = Math.Min(offset, length);
        var piece = new byte[Math.Min(maxBytes, length - start)];
        ReadBlocks(file, path, mark, length, start, piece);
        return (piece, start + piece.Length == length);
    }

    private static byte[] ReadHeader(
        IDiskFile file, string path, SnapshotMark mark, StorageIdentity identity, out long length)
    {
        var header = new byte[HeaderBlock.Bytes];
        if (file.Read(0, header) != header.Length || !HeaderBlock.IsValid(header, Magic, identity, path))
        {
            throw new StorageDamagedException(path, 0, "the snapshot's header is not whole");
        }

        var found = MarkOf(header);
        length = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(LengthOffset));
        if (found != mark || length < 0 || length > Array.MaxLength)
        {
            throw new StorageDamagedException(path, IndexOffset, $"the file holds {found}, {length} bytes");
        }

        var blocks = (length + BlockBytes - 1) / BlockBytes;
        var expected = HeaderBlock.Bytes + length + (blocks * sizeof(uint));
        return file.Length == expected
            ? header
            : throw new StorageDamagedException(path, LengthOffset, $"{file.Length} bytes long, not {expected}");
    }

    private static SnapshotMark MarkOf(ReadOnlySpan<byte> header) => new(
        BinaryPrimitives.ReadInt64LittleEndian(header[IndexOffset..]),
        BinaryPrimitives.ReadInt64LittleEndian(header[TermOffset..]));

    private static void ReadBlocks(
        IDiskFile file, string path, SnapshotMark mark, long length, long start, Span<byte> target)
    {
        var block = new byte[StrideBytes];
        while (target.Length > 0)
        {
            var number = start / BlockBytes;
            var size = (int)Math.Min(BlockBytes, length - (number * BlockBytes));
            var stored = block.AsSpan(0, size + sizeof(uint));
            if (file.Read(BlockOffset(number), stored) != stored.Length)
            {
                throw new StorageDamagedException(path, BlockOffset(number), $"block {number} is cut");
            }

            var expected = BlockChecksum(mark, number, stored[..size]);
            if (BinaryPrimitives.ReadUInt32LittleEndian(stored[size..]) != expected)
            {
                throw new StorageDamagedException(path, BlockOffset(number), $"block {number} is not what was written");
            }

            var within = (int)(start % BlockBytes);
            var taken = Math.Min(size - within, target.Length);
            stored.Slice(within, taken).CopyTo(target);
            target = target[taken..];
            start += taken;
        }
    }

    private static long BlockOffset(long number) => HeaderBlock.Bytes + (number * StrideBytes);

    // Mark and number are part of it, so that a block of another snapshot or place does not pass.
    private static uint BlockChecksum(SnapshotMark mark, long number, ReadOnlySpan<byte> data) =>
        Checksum.Of((ulong)mark.Index ^ ((ulong)number << 40), data);
}
