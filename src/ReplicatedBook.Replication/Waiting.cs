using System.Threading.Tasks.Sources;

namespace ReplicatedBook.Replication;

/// <summary>Somebody who waits for one answer of the replica; awaited once.</summary>
/// <remarks>Leaner than a completion source with a cancellable wait on top, since there is one per command. The
/// continuation runs where <see cref="Complete"/> is called, so that belongs on the pool (<see
/// cref="Completions"/>).</remarks>
internal sealed class Waiting<T> : IValueTaskSource<T>
{
    private ManualResetValueTaskSourceCore<T> _core;
    private CancellationTokenRegistration _registration;
    private int _isEnded;

    /// <summary>The wait, ended by an answer or by the caller's cancellation.</summary>
    public ValueTask<T> Begin(CancellationToken cancellation)
    {
        var task = new ValueTask<T>(this, _core.Version);
        if (cancellation.CanBeCanceled)
        {
            _registration = cancellation.UnsafeRegister(
                static (waiting, token) => ((Waiting<T>)waiting!).Cancel(token), this);
        }

        return task;
    }

    /// <summary>Gives the answer; nothing when the wait has ended already.</summary>
    public void Complete(T answer)
    {
        if (Interlocked.Exchange(ref _isEnded, 1) == 0)
        {
            _core.SetResult(answer);
        }
    }

    /// <summary>Ends the wait by an exception; nothing when it has ended already.</summary>
    public void Fail(Exception exception)
    {
        if (Interlocked.Exchange(ref _isEnded, 1) == 0)
        {
            _core.SetException(exception);
        }
    }

    /// <inheritdoc/>
    public T GetResult(short token)
    {
        _registration.Dispose();
        return _core.GetResult(token);
    }

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Cancel(CancellationToken token) => Fail(new OperationCanceledException(token));
}
