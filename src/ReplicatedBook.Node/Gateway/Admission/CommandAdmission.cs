using ReplicatedBook.Node.Options;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Gateway.Admission;

/// <summary>Lets as many commands of this node be under way at once as it ends within milliseconds, and only few of one
/// source while others are there; further ones wait for a short time, sources taking turns, and are then refused. So
/// what is let in is answered soon, what is too much is refused soon, and one who floods holds up nobody else. Safe
/// from any thread.</summary>
internal sealed class CommandAdmission : IDisposable
{
    private const long OthersSeenMs = 1000;

    /// <summary>How many times longer one may wait for commands of its own source: refused sooner it would only be sent
    /// again sooner, and take the time of the others.</summary>
    private const int OwnWaitFactor = 3;

    /// <summary>A lot of a source that is held back begins so long after the last one at the soonest: about two writes
    /// of the log.</summary>
    private const long LotSpacingMs = 2;

    /// <summary>What one command that is let in takes at most, as far as others that are let in hold it up.</summary>
    private const long HorizonMs = 8;

    /// <summary>Twice what keeps disks and network busy.</summary>
    private const int LeastUnderWay = 128;

    private readonly Lock _gate = new();
    private readonly Completions _letIn;
    private readonly Completions _refused = new();
    private readonly SourceLots _lots;
    private readonly Width _width;
    private readonly FairQueue<Wait> _queue;
    private readonly Func<CommandSource, bool> _mayGo;
    private readonly TimeProvider _time;
    private readonly TimeSpan _maxWait;
    private readonly ITimer _refusing;
    private readonly ITimer _resting;
    private (CommandSource Source, long At) _newest = (default, -OthersSeenMs);
    private (CommandSource Source, long At) _newestOther = (default, -OthersSeenMs);
    private int _underWay;
    private bool _isLooking;

    public CommandAdmission(NodeSettings settings, IReplicatedLog log, TimeProvider time)
        : this(settings.Limits.MaxCommandsUnderWay, settings.Limits.MaxCommandsOfOne,
            settings.Limits.MaxWaitingCommands, settings.Limits.MaxCommandWait, time, log.ProposeTogether)
    {
    }

    /// <summary>Limits by themselves.</summary>
    internal CommandAdmission(
        int maxUnderWay, int maxOfOne, int maxWaiting, TimeSpan maxWait, TimeProvider time,
        Action<Action>? proposeTogether = null)
    {
        _letIn = new Completions(proposeTogether);
        _mayGo = MayGo;
        _width = new Width(LeastUnderWay, maxUnderWay, HorizonMs);
        _lots = new SourceLots(maxOfOne, LotSpacingMs, (long)maxWait.TotalMilliseconds);
        _queue = new FairQueue<Wait>(maxWaiting);
        _time = time;
        _maxWait = maxWait;
        _refusing = time.CreateTimer(_ => RefuseOverdue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _resting = time.CreateTimer(_ => LetInLater(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Asks to go on.</summary>
    /// <param name="source">Whose turn it is to be.</param>
    /// <param name="isPatient">Whether it waits as long as it takes, since whoever sends it sends no more until it has
    /// ended; it is refused only when too many wait.</param>
    /// <returns>Whether it may; then <see cref="Leave"/> must be called at its end. False means overloaded.</returns>
    public ValueTask<bool> EnterAsync(CommandSource source, bool isPatient = false)
    {
        lock (_gate)
        {
            NoteSeen(source);
            if (_underWay < _width.Current && MayGo(source) && !_queue.HasAnyOf(source))
            {
                Begin(source);
                return ValueTask.FromResult(true);
            }

            var wait = new Wait(source);
            if (_queue.Add(source, wait, Now, isPatient) is { } tooMany)
            {
                _refused.Add(tooMany.Refuse);
                _refused.Dispatch();
            }

            LookLater();
            return new ValueTask<bool>(wait.Task);
        }
    }

    /// <summary>A command that was let in has ended.</summary>
    /// <param name="source">As when it entered.</param>
    public void Leave(CommandSource source)
    {
        lock (_gate)
        {
            var now = Now;
            _underWay--;
            _width.End(now);
            if (_lots.End(source, now, IsAmongOthers(source)))
            {
                LetInSoon();
            }

            LetIn();
        }
    }

    public void Dispose()
    {
        _refusing.Dispose();
        _resting.Dispose();
    }

    private long Now => (long)_time.GetElapsedTime(0).TotalMilliseconds;

    private bool MayGo(CommandSource source) =>
        !_lots.IsSpent(source, Now) || !IsAmongOthers(source);

    private bool IsAmongOthers(CommandSource source) =>
        Now - (_newest.Source == source ? _newestOther.At : _newest.At) < OthersSeenMs;

    private void NoteSeen(CommandSource source)
    {
        if (_newest.Source != source)
        {
            _newestOther = _newest;
        }

        _newest = (source, Now);
    }

    private void Begin(CommandSource source)
    {
        _underWay++;
        _lots.Begin(source, Now);
    }

    private void LetIn()
    {
        _lots.EndRests(Now);
        while (TakeNext() is { } next)
        {
            _letIn.Add(next.LetIn);
        }

        _letIn.Dispatch(); // All of a lot go on on one thread, one after another, and share a write.
    }

    private void LetInSoon() => _resting.Change(TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);

    private Wait? TakeNext()
    {
        if (_underWay >= _width.Current || _queue.TakeNext(_mayGo) is not { } next)
        {
            return null;
        }

        Begin(next.Source);
        return next;
    }

    private void LetInLater()
    {
        lock (_gate)
        {
            LetIn();
            if (_lots.HasResting)
            {
                LetInSoon();
            }
        }
    }

    private void RefuseOverdue()
    {
        lock (_gate)
        {
            _isLooking = false;
            LetIn(); // Where a lot has become too old to hold up its source.
            var limit = _underWay < _width.Current ? OwnWaitFactor * _maxWait : _maxWait;
            while (_queue.TakeOverdue(Now, (long)limit.TotalMilliseconds) is { } overdue)
            {
                _refused.Add(overdue.Refuse);
            }

            _refused.Dispatch();
            if (_queue.Count > 0)
            {
                LookLater();
            }
        }
    }

    private void LookLater()
    {
        if (!_isLooking)
        {
            _isLooking = true;
            _refusing.Change(_maxWait / 5, Timeout.InfiniteTimeSpan); // So none waits a fifth longer than it should.
        }
    }

    /// <summary>Who waits goes on at once on the thread that tells it the end: to be told outside the lock.</summary>
    private sealed class Wait(CommandSource source)
    {
        private readonly TaskCompletionSource<bool> _source = new();

        public CommandSource Source => source;

        public Task<bool> Task => _source.Task;

        public void LetIn() => _source.TrySetResult(true);

        public void Refuse() => _source.TrySetResult(false);
    }
}
