using ReplicatedBook.Node.Options;

namespace ReplicatedBook.Node.Gateway.Admission;

/// <summary>Lets so many commands of this node be under way at once; further ones wait for a short time, sources
/// taking turns, and are then refused. So what is let in is answered soon, what is too much is refused soon, and one
/// who floods holds up nobody else. Safe from any thread.</summary>
internal sealed class CommandAdmission : IDisposable
{
    private readonly Lock _gate = new();
    private readonly int _maxUnderWay;
    private readonly FairQueue<Wait> _queue;
    private readonly TimeProvider _time;
    private readonly TimeSpan _lookEvery;
    private readonly ITimer _timer;
    private int _underWay;
    private bool _isLooking;

    public CommandAdmission(NodeSettings settings, TimeProvider time)
        : this(settings.Limits.MaxCommandsUnderWay, settings.Limits.MaxWaitingCommands,
            settings.Limits.MaxCommandWait, time)
    {
    }

    /// <summary>Limits by themselves.</summary>
    internal CommandAdmission(int maxUnderWay, int maxWaiting, TimeSpan maxWait, TimeProvider time)
    {
        _maxUnderWay = maxUnderWay;
        _queue = new FairQueue<Wait>(maxWaiting, (long)maxWait.TotalMilliseconds);
        _time = time;
        _lookEvery = maxWait / 5; // So none waits more than a fifth longer than it should.
        _timer = time.CreateTimer(_ => RefuseOverdue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Asks to go on.</summary>
    /// <param name="source">Whose turn it is to be.</param>
    /// <returns>Whether it may; then <see cref="Leave"/> must be called at its end. False means overloaded.</returns>
    public ValueTask<bool> EnterAsync(CommandSource source)
    {
        Wait wait;
        Wait? displaced;
        lock (_gate)
        {
            if (_underWay < _maxUnderWay && _queue.Count == 0)
            {
                _underWay++;
                return ValueTask.FromResult(true);
            }

            wait = new Wait();
            displaced = _queue.Add(source, wait, Now);
            LookLater();
        }

        displaced?.Refuse();
        return new ValueTask<bool>(wait.Task);
    }

    /// <summary>A command that was let in has ended.</summary>
    public void Leave()
    {
        Wait? next;
        lock (_gate)
        {
            next = _queue.TakeNext();
            _underWay -= next is null ? 1 : 0;
        }

        next?.LetIn();
    }

    public void Dispose() => _timer.Dispose();

    private long Now => (long)_time.GetElapsedTime(0).TotalMilliseconds;

    private void RefuseOverdue()
    {
        var overdue = new List<Wait>();
        lock (_gate)
        {
            _isLooking = false;
            while (_queue.TakeOverdue(Now) is { } wait)
            {
                overdue.Add(wait);
            }

            if (_queue.Count > 0)
            {
                LookLater();
            }
        }

        overdue.ForEach(wait => wait.Refuse());
    }

    private void LookLater()
    {
        if (!_isLooking)
        {
            _isLooking = true;
            _timer.Change(_lookEvery, Timeout.InfiniteTimeSpan);
        }
    }

    private sealed class Wait
    {
        private readonly TaskCompletionSource<bool> _source =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<bool> Task => _source.Task;

        public void LetIn() => _source.TrySetResult(true);

        public void Refuse() => _source.TrySetResult(false);
    }
}
