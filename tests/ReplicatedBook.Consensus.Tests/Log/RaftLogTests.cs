using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Consensus.Tests.Harness;

namespace ReplicatedBook.Consensus.Tests.Log;

/// <summary>The ring against a plain list that is too simple to be wrong.</summary>
public sealed class RaftLogTests
{
    [Fact]
    public void Ring_and_plain_list_tell_the_same_story()
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            var chance = new Random(seed);
            var (log, list) = (new RaftLog(default, []), new List<LogEntry>());
            var (first, term) = (1L, 1L);
            for (var i = 0; i < 400; i++)
            {
                switch (chance.Next(6))
                {
                    case 0 when log.LastIndex > log.Snapshot.Index:
                        var from = chance.NextInt64(Math.Max(log.Snapshot.Index + 1, first), log.LastIndex + 1);
                        log.TruncateFrom(from);
                        list.RemoveAll(entry => entry.Index >= from);
                        break;
                    case 1 when list.Count > 0:
                        var mark = list[chance.Next(list.Count)];
                        var keepFrom = mark.Index + 1 - chance.Next(5);
                        log.Compact(new SnapshotMark(mark.Index, mark.Term), keepFrom);
                        list.RemoveAll(entry => entry.Index < Math.Min(keepFrom, log.Snapshot.Index + 1));
                        first = log.FirstIndex;
                        break;
                    default:
                        term += chance.Next(3) == 0 ? 1 : 0;
                        var added = Make.Entries(log.LastIndex + 1, [.. Enumerable.Repeat(term, chance.Next(1, 40))]);
                        Array.ForEach(added, entry => log.Append(entry));
                        list.AddRange(added);
                        break;
                }

                RequireEqual(log, list, chance);
            }
        }
    }

    [Fact]
    public void Backlog_that_is_gone_gives_its_memory_back()
    {
        var log = new RaftLog(default, []);
        for (var index = 1; index <= 200_000; index++)
        {
            log.Append(new LogEntry(index, 1, EntryKind.Command, default));
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var index = 199_990; index < 200_000; index++)
        {
            log.Compact(new SnapshotMark(index, 1), index + 1); // What was used up to now might be used again.
        }

        var after = GC.GetTotalMemory(forceFullCollection: true);
        Assert.True(before - after > 4_000_000, $"{before} bytes before, {after} after");
        Assert.Equal((200_000L, 200_000L), (log.FirstIndex, log.LastIndex));
    }

    [Fact]
    public void Gap_or_truncation_below_the_snapshot_breaks_an_invariant()
    {
        var log = new RaftLog(new SnapshotMark(3, 1), Make.Entries(2, 1, 1, 1));
        Assert.Throws<InvariantViolatedException>(() => log.Append(Make.Entries(6, 1)[0]));
        Assert.Throws<InvariantViolatedException>(() => log.TruncateFrom(3));
        Assert.Throws<InvariantViolatedException>(() => log.Compact(new SnapshotMark(4, 2), 5));
        Assert.Throws<InvariantViolatedException>(() => log.Compact(new SnapshotMark(9, 1), 10));
        log.TruncateFrom(4);
        Assert.Equal((3L, 1L), (log.LastIndex, log.LastTerm));
    }

    private static void RequireEqual(RaftLog log, List<LogEntry> list, Random chance)
    {
        Assert.Equal(list.Count, log.LastIndex - log.FirstIndex + 1);
        if (list.Count == 0)
        {
            Assert.Equal((log.Snapshot.Index, log.Snapshot.Term), (log.LastIndex, log.LastTerm));
            return;
        }

        Assert.Equal((list[0].Index, list[^1].Index, list[^1].Term), (log.FirstIndex, log.LastIndex, log.LastTerm));
        var position = chance.Next(list.Count);
        var from = list[position];
        Assert.Equal((from, from.Term), (log.EntryAt(from.Index), log.TermAt(from.Index)));
        Assert.Null(log.TermAt(log.LastIndex + 1));
        var count = log.CountFitting(from.Index, 10, 30, out var bytes);
        Assert.Equal(list.GetRange(position, count), log.Copy(from.Index, count));
        Assert.Equal(bytes, log.PayloadBytes(from.Index, from.Index + count - 1));
        Assert.True(count == 1 || bytes <= 30);
        var firstOfTerm = list.Find(entry => entry.Term >= from.Term).Index;
        Assert.Equal(firstOfTerm, log.FirstIndexWithTermAtLeast(from.Term, log.FirstIndex));
    }
}
