using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Storage;

/// <summary>Several lives of one data directory; all that happens is drawn from the seed.</summary>
internal sealed class CrashScenario(int seed)
{
    private const string Injected = "injected";
    private const int NoSpace = 28;

    private readonly Random _random = new(seed);
    private readonly CrashDisk _disk = new() { Chance = new Random(seed + 1) };
    private readonly CrashModel _model = new();
    private long _unique;

    public void Run(int lives)
    {
        for (var life = 0; life < lives; life++)
        {
            ArmFault();
            try
            {
                LiveOnce();
            }
            catch (Exception exception) when (exception is ProcessEndedException || IsInjected(exception))
            {
                // As planned.
            }

            End();
        }

        _model.Check(DataDirectory.Recover(_disk, SegmentBytes()));
    }

    private void LiveOnce()
    {
        var storage = DataDirectory.Open(_disk, out var recovered, SegmentBytes());
        _model.Check(recovered);
        for (var step = _random.Next(40); step > 0; step--)
        {
            switch (_random.Next(12))
            {
                case 0: SaveOwnSnapshot(storage); break;
                case 1 when _random.Next(3) == 0: InstallSnapshot(storage); break;
                default: WriteSome(storage); break;
            }
        }

        if (_random.Next(3) == 0)
        {
            storage.Dispose();
        }
    }

    private void WriteSome(ReplicaStorage storage)
    {
        var batches = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => DrawBatch()).ToList();

        WriteOnceThereIsRoom(storage, batches);
        _model.Promise();
        if (storage.IsSegmentDue && _random.Next(2) == 0)
        {
            storage.PrepareSegment();
        }
    }

    private static void WriteOnceThereIsRoom(ReplicaStorage storage, List<PersistBatch> batches)
    {
        while (true)
        {
            try
            {
                storage.Write(batches);
                return;
            }
            catch (DiskFullException) when (storage.IsFull)
            {
                // The next try may find some.
            }
        }
    }

    private PersistBatch DrawBatch()
    {
        var vote = DrawVote();
        var log = _model.Log;
        var truncateFrom = 0L;
        if (_random.Next(5) == 0 && log.Last.Index > log.CommitIndex && log.Last.Index > log.Start.Index)
        {
            truncateFrom = _random.NextInt64(Math.Max(log.CommitIndex, log.Start.Index) + 1, log.Last.Index + 1);
            _model.Attempt(log.TruncateFrom(truncateFrom));
        }

        var entries = new List<LogEntry>();
        for (var count = _random.Next(3) == 0 ? 0 : _random.Next(1, 8); count > 0; count--)
        {
            var payload = new byte[8 + _random.Next(_random.Next(20) == 0 ? 3000 : 120)];
            _random.NextBytes(payload);
            BitConverter.TryWriteBytes(payload, ++_unique);
            var entry = new LogEntry(_model.Log.Last.Index + 1, _model.Vote.Term, EntryKind.Command, payload);
            entries.Add(entry);
            _model.Attempt(_model.Log.Append(entry));
        }

        var commit = _random.NextInt64(_model.Log.CommitIndex, _model.Log.Last.Index + 1);
        _model.Attempt(_model.Log.Commit(commit));
        var release = _random.Next(4) == 0 ? _random.NextInt64(0, _model.Snapshot.Index + 2) : 0;
        _model.AttemptRelease(release);
        return new PersistBatch
        {
            Sequence = ++_unique,
            HardState = vote,
            TruncateFrom = truncateFrom,
            Entries = entries,
            CommitIndex = commit,
            ReleaseBefore = release,
        };
    }

    private HardState? DrawVote()
    {
        if (_model.Vote.Term > 0 && _random.Next(4) != 0)
        {
            return null;
        }

        NodeId? candidate = _random.Next(2) == 0 ? null : new NodeId($"n{_random.Next(1, 4)}");
        var vote = new HardState(_model.Vote.Term + 1, candidate);
        _model.AttemptVote(vote);
        return vote;
    }

    private void SaveOwnSnapshot(ReplicaStorage storage)
    {
        var log = _model.Log;
        if (log.CommitIndex > _model.Snapshot.Index && log.TermAt(log.CommitIndex) is { } term)
        {
            SaveSnapshot(storage, new SnapshotMark(log.CommitIndex, term));
        }
    }

    // As from a leader: ahead of the log, or contradicting it; then the log is reset, if nothing comes in between.
    private void InstallSnapshot(ReplicaStorage storage)
    {
        var log = _model.Log;
        if (_model.Vote.Term == 0)
        {
            return;
        }

        var index = _random.NextInt64(log.CommitIndex + 1, log.Last.Index + 20);
        var term = _model.Vote.Term;
        if (index <= _model.Snapshot.Index || log.TermAt(index) == term)
        {
            return;
        }

        var mark = new SnapshotMark(index, term);
        SaveSnapshot(storage, mark);
        _model.Attempt(log.Reset(mark));
        storage.Write([new PersistBatch { Sequence = ++_unique, ResetTo = mark }]);
        _model.Promise();
    }

    private void SaveSnapshot(ReplicaStorage storage, SnapshotMark mark)
    {
        var content = new byte[_random.Next(5000)];
        _random.NextBytes(content);
        _model.AttemptSnapshot(mark);
        while (true)
        {
            try
            {
                storage.SaveSnapshot(mark, content);
                _model.Promise();
                return;
            }
            catch (DiskFullException)
            {
                Assert.DoesNotContain(_disk.Names, name => name.Contains(".snap.tmp", StringComparison.Ordinal));
            }
        }
    }

    private void ArmFault()
    {
        var countdown = _random.Next(3) switch { 0 => int.MaxValue, 1 => _random.Next(30), _ => _random.Next(300) };
        var isError = _random.Next(3) == 0;
        var isOftenFull = _random.Next(4) == 0;
        _disk.BeforeOperation = (kind, _) =>
        {
            if (isOftenFull && kind == "create" && _random.Next(3) == 0)
            {
                throw new DiskFullException(Injected, NoSpace);
            }

            if (countdown-- == 0)
            {
                throw isError ? new IOException(Injected) : new ProcessEndedException();
            }
        };
    }

    private void End()
    {
        if (_random.Next(3) == 0)
        {
            _disk.KillProcess();
        }
        else
        {
            _disk.LosePower(_random);
        }
    }

    private long SegmentBytes() => 1024L << _random.Next(5);

    private static bool IsInjected(Exception exception) => exception is IOException { Message: Injected };
}
