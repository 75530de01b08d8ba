namespace ReplicatedBook.Replication.Feed;

/// <summary>The thread that writes the journal: takes what the replica has put into the queue, makes anew from the log
/// what is missing, and releases what no snapshot needs any more.</summary>
internal sealed class JournalWriter
{
    private const int EntriesAtOnce = 256;

    private readonly EventJournal _journal;
    private readonly JournalQueue _queue;
    private readonly JournalSource _source;
    private readonly Func<PastLog, ReplicaState?> _stateOf;
    private readonly TimeSpan _interval;
    private readonly Action<string> _noted;
    private readonly Action<Exception> _failed;
    private readonly ManualResetEvent _stopping = new(false);
    private readonly Thread _thread;
    private long _released;
    private long? _givenUpAt;

    /// <summary>Starts the thread.</summary>
    /// <param name="journal">What it writes.</param>
    /// <param name="queue">What the replica puts.</param>
    /// <param name="source">Where the rest comes from.</param>
    /// <param name="stateOf">Reads the state that a log begins from; null when it is no longer kept.</param>
    /// <param name="interval">Time between two writes.</param>
    /// <param name="noted">Told what an operator should know of, in words.</param>
    /// <param name="failed">Told of an error in this program; the process must end.</param>
    public JournalWriter(
        EventJournal journal, JournalQueue queue, JournalSource source, Func<PastLog, ReplicaState?> stateOf,
        TimeSpan interval, Action<string> noted, Action<Exception> failed)
    {
        _journal = journal;
        _queue = queue;
        _source = source;
        _stateOf = stateOf;
        _interval = interval;
        _noted = noted;
        _failed = failed;
        _thread = new Thread(Run) { Name = "journal", IsBackground = true };
        _thread.Start();
    }

    private bool IsStopping => _stopping.WaitOne(0);

    /// <summary>Ends the thread; what waits is written.</summary>
    public void Stop()
    {
        _stopping.Set();
        _thread.Join();
        _journal.Dispose();
        _stopping.Dispose();
    }

    private void Run()
    {
        try
        {
            Try(Open);
            while (!_stopping.WaitOne(_interval))
            {
                Try(Write);
            }

            Try(Write);
        }
        catch (Exception exception)
        {
            _failed(exception);
        }
    }

    /// <summary>A disk that fails here costs the journal only: it can be made anew, unlike the log.</summary>
    private void Try(Action work)
    {
        try
        {
            work();
        }
        catch (IOException exception)
        {
            _noted($"the journal of events is given up until the next snapshot: {exception.Message}");
            _journal.GiveUp();
            _givenUpAt = _source.NewestSnapshot;
        }
    }

    private void Open()
    {
        var batch = _queue.Take();
        var after = _journal.Open(batch.Head);
        var needed = _source.OldestNeeded;
        if (after is not { } start || _journal.Covered < Math.Min(needed, batch.Head)
            || (start > needed && _journal.HasRoom) || !Agrees(batch, start))
        {
            _journal.Restart(Math.Min(needed, batch.After));
        }

        _journal.Begin();
        Add(batch);
        _source.ForgetFound();
    }

    private void Write()
    {
        var batch = _queue.Take();
        if (_givenUpAt is { } index)
        {
            if (_source.NewestSnapshot == index)
            {
                return;
            }

            _givenUpAt = null;
            _journal.Restart(batch.After);
        }

        Add(batch);
        if (_source.Released > _released)
        {
            _released = _source.Released;
            _journal.Trim(_released);
        }
    }

    private void Add(JournalBatch batch)
    {
        if (batch.After > _journal.Covered && !MakeAnew(batch.After))
        {
            if (IsStopping)
            {
                return; // The next start does it.
            }

            if (_journal.Covered > 0)
            {
                _journal.CountLoss();
                _noted($"the events of entries {_journal.Covered + 1} to {batch.After} cannot be had here: "
                    + "the feed begins behind them");
            }

            _journal.Restart(batch.After);
        }

        _journal.Append(batch.Entries, batch.Head);
    }

    /// <summary>Whether what is in the journal is of the same history: the entries that were applied again at the start
    /// must have the events that stand there.</summary>
    private bool Agrees(JournalBatch batch, long after)
    {
        var to = Math.Min(batch.Head, _journal.Covered);
        var next = Math.Max(batch.After, after) + 1;
        var applied = batch.Entries.Where(entry => entry.Index >= next && entry.Index <= to).ToList();
        var held = new List<FeedEntry>();
        while (next <= to && _journal.Read(next, EntriesAtOnce) is { } page)
        {
            held.AddRange(page.Entries);
            next = page.NextIndex;
        }

        if (next > to && held.SequenceEqual(applied, SameEvents.Instance))
        {
            return true;
        }

        _noted("the journal of events is not of this log; it is made anew");
        return false;
    }

    /// <summary>Applies the log to a spare exchange, from the nearest snapshot on.</summary>
    /// <param name="to">The last entry to be told of.</param>
    /// <returns>False when the log does not reach back that far, or the node stops.</returns>
    private bool MakeAnew(long to)
    {
        var covered = _journal.Covered;
        if (_source.Log(covered, to) is not { } past || _stateOf(past) is not { } state)
        {
            return false;
        }

        var applier = new Applier(state, records: null, feed: null);
        var made = new List<FeedEntry>();
        foreach (var entry in past.Entries)
        {
            if (entry.Index <= applier.AppliedIndex)
            {
                continue;
            }

            if (entry.Index > to || IsStopping)
            {
                break;
            }

            applier.Apply(entry, wantsResult: false);
            if (entry.Index > covered && applier.Events.Length > 0)
            {
                made.Add(new FeedEntry(
                    entry.Index, entry.Term, applier.Exchange.Now, applier.Events.ToArray()));
            }

            if (made.Count == EntriesAtOnce)
            {
                _journal.Append(made, entry.Index);
                made.Clear();
            }
        }

        if (applier.AppliedIndex != to)
        {
            return false;
        }

        _journal.Append(made, to);
        _noted($"the events of entries {covered + 1} to {to} were made anew from the log");
        return true;
    }
}
