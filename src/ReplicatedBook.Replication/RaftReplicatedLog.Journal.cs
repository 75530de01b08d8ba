using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Replication;

/// <content>The journal of events beside the replica.</content>
public sealed partial class RaftReplicatedLog
{
    private (EventHistory History, JournalWriter? Writer) StartJournal(IReadOnlyList<LogEntry> found)
    {
        if (_options.Journal is not { } options)
        {
            EventJournal.Delete(_disk, _options.DataDirectory); // It would have a gap when it is wanted again.
            return (new EventHistory(Feed), null);
        }

        var journal = new EventJournal(_disk, _options.DataDirectory, _options.Identity, options, _options.Noted);
        var source = new JournalSource(_storage, found, _replica.AppliedIndex, PresentLog);
        var writer = new JournalWriter(
            journal, Feed.Journal!, source, StateOf, options.WriteInterval, _options.Noted, Fail);
        return (new EventHistory(Feed, journal, options), writer);
    }

    /// <summary>For the journal's thread: asks the replica for its log and waits for the answer.</summary>
    private PastLog? PresentLog(long from, long to)
    {
        PastLog? past = null;
        var isAnswered = new ManualResetEventSlim(); // Not disposed of: the call may come after the wait was given up.
        var isTaken = _inbox.Add(replica =>
        {
            past = to <= replica.AppliedIndex ? CollectPast(replica, from, to) : null;
            isAnswered.Set();
        });
        while (isTaken && !isAnswered.Wait(_options.TickInterval))
        {
            if (_inbox.IsClosed)
            {
                return null; // Nobody answers any more; the next start makes it anew.
            }
        }

        return past;
    }
}
