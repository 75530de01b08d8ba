using System.Buffers;
using System.IO.Pipelines;
using ReplicatedBook.Contracts.Grpc;
using ReplicatedBook.Node.Api.Grpc.Protocol;

namespace ReplicatedBook.Node.Api.Grpc.Sessions;

/// <summary>Replies of one session on their way to the client: those of one moment share a write. Counts what is under way,
/// from the request to the reply having left, so that a client that does not read holds a bounded number of them. Safe from
/// any thread.</summary>
/// <param name="output">To the client; only this writes to it until it is idle.</param>
/// <param name="maxUnderWay">Most commands under way.</param>
/// <param name="cancellation">That nobody reads any more.</param>
internal sealed class SessionOutbox(PipeWriter output, int maxUnderWay, CancellationToken cancellation)
    : IThreadPoolWorkItem
{
    private const int RetainedBytes = 256 << 10;

    private readonly Lock _gate = new();
    private ArrayBufferWriter<byte> _filling = new(4096);
    private ArrayBufferWriter<byte> _leaving = new(4096);
    private int _ended;
    private int _underWay;
    private bool _isFlushing;
    private bool _isBroken;
    private (int Most, TaskCompletionSource Reached)? _awaited;

    /// <summary>Whether no further command may begin now.</summary>
    public bool IsFull => Volatile.Read(ref _underWay) >= maxUnderWay;

    /// <summary>A command begins.</summary>
    public void Begin() => Interlocked.Increment(ref _underWay);

    /// <summary>A command has ended.</summary>
    /// <param name="reply">Null where nothing is to be said.</param>
    public void End(SessionReply? reply)
    {
        lock (_gate)
        {
            _ended++;
            if (reply is not null && !_isBroken)
            {
                Frames.Write(_filling, reply);
            }

            if (_isFlushing)
            {
                return;
            }

            _isFlushing = true;
        }

        // Not here: whoever ends the next command is on its way to this lock.
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Waits until half of what may be under way has left.</summary>
    public Task WaitForRoomAsync() => WaitAsync(maxUnderWay / 2);

    /// <summary>Waits until all that began has left.</summary>
    public Task WaitUntilIdleAsync() => WaitAsync(0);

    void IThreadPoolWorkItem.Execute() => _ = FlushAsync();

    private Task WaitAsync(int most)
    {
        lock (_gate)
        {
            if (_underWay <= most)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited = (most, reached);
            return reached.Task.WaitAsync(cancellation);
        }
    }

    private async Task FlushAsync()
    {
        while (TakeFilled() is var left && left > 0)
        {
            try
            {
                if (!_isBroken && _leaving.WrittenCount > 0)
                {
                    output.Write(_leaving.WrittenSpan);
                    var flushed = await output.FlushAsync(cancellation);
                    _isBroken = flushed.IsCompleted || flushed.IsCanceled;
                }
            }
            catch (Exception)
            {
                _isBroken = true; // The client is gone: the reading side ends the call and says why.
            }

            Leave(left);
        }
    }

    /// <summary>What has ended since the last time; 0 ends the flushing.</summary>
    private int TakeFilled()
    {
        lock (_gate)
        {
            var left = _ended;
            _ended = 0;
            _isFlushing = left > 0;
            (_filling, _leaving) = (_leaving, _filling);
            if (_filling.Capacity > RetainedBytes)
            {
                _filling = new ArrayBufferWriter<byte>(4096);
            }

            _filling.ResetWrittenCount();
            return left;
        }
    }

    private void Leave(int left)
    {
        lock (_gate)
        {
            if (Interlocked.Add(ref _underWay, -left) is var now && _awaited is var (most, reached) && now <= most)
            {
                _awaited = null;
                reached.TrySetResult();
            }
        }
    }
}
