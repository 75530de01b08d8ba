using System.Security.Cryptography;
using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication;

/// <content>Snapshots for people: taken on request, described, and opened for a copy.</content>
public sealed partial class RaftReplicatedLog
{
    private const int PieceBytes = 1 << 20;

    private readonly SemaphoreSlim _describing = new(1, 1);
    private volatile SnapshotDescription[] _described = [];

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SnapshotDescription>> ListAsync(CancellationToken cancellation)
    {
        await _describing.WaitAsync(cancellation);
        try
        {
            var described = new List<SnapshotDescription>();
            foreach (var (mark, _) in _storage.Snapshots)
            {
                var known = Array.Find(_described, found => found.Mark == mark)
                    ?? await Task.Factory.StartNew(
                        () => Describe(mark), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                if (known is not null)
                {
                    described.Add(known);
                }
            }

            return _described = [.. described];
        }
        finally
        {
            _describing.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<SnapshotDescription?> TakeAsync(CancellationToken cancellation)
    {
        var wanted = Status.AppliedIndex;
        if (Status.SnapshotIndex < wanted)
        {
            var isTaken = TakeSnapshot() && await _board.WaitAsync(
                status => status.SnapshotIndex >= wanted, Timeout.InfiniteTimeSpan, cancellation);
            if (!isTaken)
            {
                return null;
            }
        }

        return await ListAsync(cancellation) is [var newest, ..] ? newest : null;
    }

    /// <inheritdoc/>
    public IDiskFile? Open(SnapshotMark mark) => _storage.OpenSnapshot(mark);

    /// <summary>Null when it is no longer kept.</summary>
    private SnapshotDescription? Describe(SnapshotMark mark)
    {
        if (HashState(mark) is not { } state)
        {
            return null;
        }

        using var file = Open(mark);
        if (file is null)
        {
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[PieceBytes];
        var length = file.Length;
        for (long offset = 0; offset < length;)
        {
            var read = file.Read(offset, piece);
            if (read == 0)
            {
                throw new IOException($"the file of snapshot {mark} ends early");
            }

            hash.AppendData(piece, 0, read);
            offset += read;
        }

        return new SnapshotDescription(mark, length, state, Digest.FromBytes(hash.GetHashAndReset()));
    }

    private Digest? HashState(SnapshotMark mark)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (long offset = 0; ;)
        {
            if (_storage.ReadSnapshotPiece(mark, offset, PieceBytes) is not var (data, isLast))
            {
                return null;
            }

            hash.AppendData(data.AsSpan(offset == 0 ? ReplicaState.HeadLength(data) : 0));
            offset += data.Length;
            if (isLast)
            {
                return Digest.FromBytes(hash.GetHashAndReset());
            }
        }
    }
}
