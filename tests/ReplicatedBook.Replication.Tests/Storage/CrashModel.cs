using ReplicatedBook.Consensus;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Storage;

/// <summary>What may be found after a crash: what was promised last, and what was under way.</summary>
internal sealed class CrashModel
{
    private readonly List<LogState> _possible = [new(default, [], 0)];
    private readonly HashSet<HardState> _possibleVotes = [default];
    private SnapshotMark? _attemptedSnapshot;
    private long _mayBeginAt = 1;

    /// <summary>The newest state, promised once <see cref="Promise"/> was called.</summary>
    public LogState Log => _possible[^1];

    public HardState Vote { get; private set; }

    public SnapshotMark Snapshot { get; private set; }

    public void Attempt(LogState state) => _possible.Add(state);

    public void AttemptVote(HardState vote)
    {
        _possibleVotes.Add(vote);
        Vote = vote;
    }

    public void AttemptRelease(long before) => _mayBeginAt = Math.Max(_mayBeginAt, before);

    public void AttemptSnapshot(SnapshotMark mark) => _attemptedSnapshot = mark;

    /// <summary>The call returned: from now on only the newest state may be found.</summary>
    public void Promise()
    {
        _possible.RemoveRange(0, _possible.Count - 1);
        _possibleVotes.RemoveWhere(vote => vote != Vote);
        if (_attemptedSnapshot is { } mark)
        {
            Snapshot = mark;
            _attemptedSnapshot = null;
        }
    }

    /// <summary>Fails unless what was found is possible, and goes on from it.</summary>
    public void Check(RecoveredState found)
    {
        Assert.Contains(found.HardState, _possibleVotes);
        Assert.True(
            found.Snapshot == Snapshot || found.Snapshot == _attemptedSnapshot, $"snapshot {found.Snapshot} appeared");
        var match = _possible.Select(state => AfterOpening(state, found.Snapshot))
            .FirstOrDefault(state => IsSame(state, found));
        Assert.True(
            match is not null, $"found {Describe(found)}, possible {string.Join(" | ", _possible.Select(Describe))}");
        var mostCommitted = Math.Max(found.Snapshot.Index, _possible.Max(state => state.CommitIndex));
        Assert.InRange(found.CommitIndex, found.Snapshot.Index, mostCommitted);

        _possible.Clear();
        var first = found.Entries.Count == 0 ? match.Last : match.Start;
        var start = found.Entries.Count > 0 && found.Entries[0].Index > match.Start.Index + 1
            ? new SnapshotMark(found.Entries[0].Index - 1, match.TermAt(found.Entries[0].Index - 1)!.Value)
            : first;
        _possible.Add(new LogState(start, found.Entries, found.CommitIndex));
        Vote = found.HardState;
        _possibleVotes.Clear();
        _possibleVotes.Add(Vote);
        Snapshot = found.Snapshot;
        _attemptedSnapshot = null;
    }

    private static LogState AfterOpening(LogState state, SnapshotMark snapshot) =>
        state.TermAt(snapshot.Index) == snapshot.Term || snapshot.Index < state.Start.Index
            ? state
            : state.Reset(snapshot);

    private bool IsSame(LogState state, RecoveredState found)
    {
        var skipped = state.Entries.Count - found.Entries.Count;
        return skipped >= 0
            && (skipped == 0 || state.Entries[skipped - 1].Index < _mayBeginAt)
            && state.Entries.Skip(skipped).Select(DataDirectory.Describe)
                .SequenceEqual(found.Entries.Select(DataDirectory.Describe));
    }

    private static string Describe(LogState state) =>
        $"[{state.Start.Index}+{state.Entries.Count} to {state.Last}, commit {state.CommitIndex}]";

    private static string Describe(RecoveredState found) =>
        $"[{found.Entries.FirstOrDefault().Index} to {found.Entries.LastOrDefault().Index}, snapshot {found.Snapshot}]";
}
