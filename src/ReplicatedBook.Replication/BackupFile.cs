using System.Buffers;
using System.Security.Cryptography;
using ReplicatedBook.Consensus;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Replication;

/// <summary>A copy of a snapshot's file, from which data directories of a whole cluster can be made.</summary>
/// <param name="Source">Whose it was.</param>
/// <param name="Mark">Last entry it contains.</param>
/// <param name="Digest">Running digest there.</param>
/// <param name="StateHash">SHA-256 over the exchange's canonical bytes.</param>
/// <param name="FileHash">SHA-256 over the file.</param>
/// <param name="Content">Its content; not to be changed.</param>
public sealed record BackupFile(
    StorageIdentity Source, SnapshotMark Mark, Digest Digest, Digest StateHash, Digest FileHash,
    ReadOnlyMemory<byte> Content)
{
    /// <summary>Reads a backup and checks every byte of it.</summary>
    /// <exception cref="StorageDamagedException">It is not what was written.</exception>
    /// <exception cref="StorageVersionException">It was written by a later version.</exception>
    /// <exception cref="FormatException">Its state is of a version this code does not know.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static BackupFile Read(IDisk disk, string path)
    {
        var file = WholeFile.Read(disk, path);
        var (source, mark) = SnapshotFile.ReadOwner(file, path);
        var content = SnapshotFile.Read(disk, path, mark, source);
        var state = ReplicaState.Read(content);
        if (state.Mark != mark)
        {
            throw new FormatException($"the file is of {mark}, its content of {state.Mark}");
        }

        return new BackupFile(
            source, mark, state.Digest, Hash(content.AsSpan(ReplicaState.HeadLength(content))), Hash(file), content);
    }

    /// <summary>Makes a data directory whose node begins with this state, at its index and term, with an empty log. Who
    /// belongs to the new cluster is what its settings say, as for any new cluster.</summary>
    /// <param name="disk">Where to.</param>
    /// <param name="directory">An empty directory, or none yet; whole and durable when the call returns.</param>
    /// <param name="identity">Whose it is to be.</param>
    /// <param name="options">Sizes.</param>
    /// <exception cref="IOException">It could not be written.</exception>
    public void WriteTo(IDisk disk, string directory, StorageIdentity identity, StorageOptions options)
    {
        using var storage = ReplicaStorage.Open(disk, directory, identity, options, out var found);
        if (found.Entries.Count > 0 || found.Snapshot != default || found.HardState != default)
        {
            throw new IOException($"{directory} holds the data of a node");
        }

        // The term has been, so nobody may vote in it anew; who had the vote in it does not matter any more.
        storage.SaveSnapshot(Mark, new ReadOnlySequence<byte>(ReplicaState.WithoutMembers(Content.Span)));
        storage.Write(
        [
            new PersistBatch
            {
                Sequence = 1,
                HardState = new HardState(Mark.Term, null),
                ResetTo = Mark,
                CommitIndex = Mark.Index,
            },
        ]);

        // What a new directory may have lost, a vote or an entry, nobody was ever promised by this node.
        storage.MarkWhole();
    }

    private static Digest Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Digest.Size];
        SHA256.HashData(bytes, hash);
        return Digest.FromBytes(hash);
    }
}
