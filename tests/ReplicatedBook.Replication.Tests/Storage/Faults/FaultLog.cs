using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Storage.Faults;

/// <summary>A data directory with a log of 64 KiB, and what must be found when its first bytes are right and no
/// more.</summary>
internal sealed class FaultLog
{
    public const int SegmentBytes = 64 << 10;

    public static readonly HardState HardState = new(3, new NodeId("n2"));

    private readonly List<(int End, LogState State)> _states = [];

    public FaultLog()
    {
        Write();
        Content = Disk.Content(Path).ToArray();
        ReadStates();
        SyncedEnd = (int)SyncedFile.Read(
            Disk, DataDirectory.Path, DataDirectory.Identity, Disk.ListFiles(DataDirectory.Path))!.Value.End;
    }

    public static string Path { get; } = DataDirectory.Segment(1);

    public MemoryDisk Disk { get; } = new();

    public byte[] Content { get; }

    /// <summary>End of what was synced; only the last proof comes after.</summary>
    public int SyncedEnd { get; }

    /// <summary>End of the last record.</summary>
    public int UsedEnd => _states[^1].End;

    public IReadOnlyList<(int End, LogState State)> States => _states;

    /// <summary>The log as the records make it that end at or before a place.</summary>
    public LogState StateAt(int place)
    {
        var (low, high) = (0, _states.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _states[middle].End <= place ? (middle, high) : (low, middle - 1);
        }

        return _states[low].State;
    }

    /// <summary>Fails unless a judgement is the right one.</summary>
    /// <param name="firstWrong">First byte that differs, or at which the file was cut.</param>
    /// <param name="entries">Entries found.</param>
    /// <param name="commitIndex">Commit index found.</param>
    /// <param name="isDamage">Whether damage was found.</param>
    /// <param name="what">For the failure's text.</param>
    public void Check(
        int firstWrong, IReadOnlyList<LogEntry> entries, long commitIndex, bool isDamage, Func<string> what)
    {
        var isHarmless = firstWrong >= SyncedEnd;
        var expected = isHarmless ? _states[^1].State : StateAt(firstWrong);
        if (isDamage == isHarmless || commitIndex != expected.CommitIndex || !IsSame(expected.Entries, entries))
        {
            Assert.Fail(
                $"{what()}: damage {isDamage}, {entries.Count} entries, commit {commitIndex}; "
                + $"expected damage {!isHarmless}, {expected.Entries.Count} entries, commit {expected.CommitIndex}");
        }
    }

    private static bool IsSame(IReadOnlyList<LogEntry> expected, IReadOnlyList<LogEntry> found)
    {
        for (var i = 0; i < expected.Count && expected.Count == found.Count; i++)
        {
            var (one, other) = (expected[i], found[i]);
            if (one.Index != other.Index || one.Term != other.Term || one.Kind != other.Kind
                || !one.Payload.Span.SequenceEqual(other.Payload.Span))
            {
                return false;
            }
        }

        return expected.Count == found.Count;
    }

    /// <summary>Groups of different sizes, two truncations, commit indexes with entries and alone.</summary>
    private void Write()
    {
        var random = new Random(1);
        using var storage = DataDirectory.Open(Disk, SegmentBytes);
        storage.MarkWhole();
        storage.Vote(1);
        var (last, term) = (0L, 1L);
        for (var group = 0; UsedBytes() < SegmentBytes - 4500; group++)
        {
            var cut = group is 20 or 50 ? last - 2 : 0;
            if (cut > 0)
            {
                storage.Vote(++term, term == HardState.Term ? "n2" : null);
                last = cut - 1;
            }

            var entries = new LogEntry[random.Next(1, 6)];
            for (var i = 0; i < entries.Length; i++)
            {
                var payload = new byte[random.Next(random.Next(10) == 0 ? 1 : 700)];
                random.NextBytes(payload);
                var kind = payload.Length == 0 ? EntryKind.NoOp : EntryKind.Command;
                entries[i] = new LogEntry(++last, term, kind, payload);
            }

            storage.Write(
            [
                new PersistBatch
                {
                    Sequence = group + 1,
                    TruncateFrom = cut,
                    Entries = entries,
                    CommitIndex = Math.Max(0, entries[0].Index - 4),
                },
            ]);
            if (group % 7 == 0)
            {
                storage.Append(commitIndex: Math.Max(0, last - 4));
            }
        }

        storage.Append(DataDirectory.Entry(last + 1, term), DataDirectory.Entry(last + 2, term));
    }

    private int UsedBytes() => Disk.Content(Path).Span.LastIndexOfAnyExcept((byte)0) + 1;

    private void ReadStates()
    {
        Assert.Equal(SegmentBytes, Content.Length);
        var state = new LogState(default, [], 0);
        var offset = HeaderBlock.Bytes;
        _states.Add((offset, state));
        while (WalRecord.TryDecode(Content.AsSpan(offset), out var record))
        {
            var payload = Content.AsMemory(offset + WalRecord.HeaderBytes, record.PayloadBytes);
            state = record.Type switch
            {
                RecordType.Entry => state.Append(new LogEntry(record.Index, record.Term, record.Kind, payload)),
                RecordType.Truncate => state.TruncateFrom(record.Index + 1),
                RecordType.Commit => state.Commit(record.Index),
                _ => state,
            };
            offset += record.Size;
            _states.Add((offset, state));
        }

        // The first state holds from the beginning of the file: a damaged header leaves nothing.
        _states[0] = (0, _states[0].State);
    }
}
