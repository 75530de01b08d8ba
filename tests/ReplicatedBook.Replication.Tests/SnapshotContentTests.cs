using System.Buffers;
using System.Security.Cryptography;
using ReplicatedBook.Consensus;
using ReplicatedBook.Replication.Storage;
using ReplicatedBook.Replication.Tests.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests;

/// <summary>Goal: all work on a large snapshot comes in slices with pauses between them, and the slices lose nothing.
/// Method: a content of five mebibytes and a bit.</summary>
public sealed class SnapshotContentTests
{
    private const int Mebibytes = 5;
    private static readonly SnapshotMark Mark = new(10, 1);

    private readonly byte[] _written = Bytes();
    private int _pauses;

    [Fact]
    public void The_content_is_what_was_written() => Assert.Equal(_written, Content().Bytes.ToArray());

    [Fact]
    public void Hashing_pauses_and_gives_the_hash_of_all_behind_the_position()
    {
        Assert.Equal(Digest.FromBytes(SHA256.HashData(_written.AsSpan(1))), Content().StateHash(Pause));
        Assert.InRange(_pauses, Mebibytes, Mebibytes + 1);
    }

    [Fact]
    public void Saving_pauses_and_what_comes_back_is_what_was_written()
    {
        var disk = new CrashDisk();
        using (var storage = DataDirectory.Open(disk))
        {
            storage.Vote(1);
            storage.SaveSnapshot(Mark, Content().Bytes, Pause);
        }

        Assert.Equal(Mebibytes, _pauses);
        Assert.Equal(_written, DataDirectory.Recover(disk).SnapshotContent!.Value.ToArray());
    }

    // A position of one byte, as MessagePack has small numbers, and then what the hash is of.
    private static byte[] Bytes()
    {
        var bytes = new byte[(Mebibytes << 20) + 12_345];
        new Random(1).NextBytes(bytes);
        bytes[0] = 7;
        return bytes;
    }

    private SnapshotContent Content()
    {
        var buffer = new ChunkBuffer();
        foreach (var part in _written.Chunk(1000))
        {
            buffer.Write(part);
        }

        return new SnapshotContent(Mark, buffer.ToSequence());
    }

    private void Pause() => _pauses++;
}
