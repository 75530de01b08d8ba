using System.Buffers;
using System.Buffers.Binary;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Peers;

/// <summary>What waits to go out on one connection. There is one writer at a time, and no thread of its own: who adds
/// something when nobody writes also writes it, or has the pool do it. Safe from any thread.</summary>
/// <param name="write">Sends bytes; its failure ends the outbox.</param>
/// <param name="failed">Called once when a write failed.</param>
internal sealed class PeerOutbox(Func<ReadOnlyMemory<byte>, ValueTask> write, Action<Exception> failed)
    : IThreadPoolWorkItem
{
    private const int MaxQueued = 4096;
    private const int MaxBytesPerWrite = 1 << 20;

    // Encoding so few entries and handing them to the system costs less than waking another thread for it.
    private const int MaxEntriesOnCaller = 64;

    private readonly Lock _gate = new();
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 16);
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<object> _waiting = [];
    private List<object> _taken = [];
    private int _waitingEntries;
    private bool _isWriting;
    private bool _isClosed;

    /// <summary>Completes after <see cref="Close"/>, when nobody writes any more.</summary>
    public Task Idle => _idle.Task;

    /// <summary>Takes a message or a call; false when too many wait or the connection is gone.</summary>
    public bool TryAdd(object item)
    {
        lock (_gate)
        {
            if (_isClosed || _waiting.Count >= MaxQueued)
            {
                return false;
            }

            _waiting.Add(item);
            _waitingEntries += item is AppendEntries append ? append.Entries.Count : 0;
            return true;
        }
    }

    /// <summary>Has the pool write what waits.</summary>
    public void WriteSoon()
    {
        if (TryBecomeWriter(out _))
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Writes what waits, here when it is little, else on the pool; what is added meanwhile goes there
    /// too.</summary>
    public void WriteNow()
    {
        if (!TryBecomeWriter(out var entries))
        {
            return;
        }

        if (entries <= MaxEntriesOnCaller)
        {
            _ = WriteAsync(rounds: 1);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Drops what waits and takes nothing more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _waiting.Clear();
            if (!_isWriting)
            {
                _idle.TrySetResult();
            }
        }
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute() => _ = WriteAsync(int.MaxValue);

    private bool TryBecomeWriter(out int entries)
    {
        lock (_gate)
        {
            entries = _waitingEntries;
            if (_isWriting || _waiting.Count == 0)
            {
                return false;
            }

            _isWriting = true;
            return true;
        }
    }

    private async Task WriteAsync(int rounds)
    {
        try
        {
            for (var round = 0; TryTake(); round++)
            {
                if (round == rounds)
                {
                    await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                }

                await WriteTakenAsync();
            }
        }
        catch (Exception exception)
        {
            try
            {
                failed(exception);
            }
            finally
            {
                EndWriting();
            }
        }
    }

    private async ValueTask WriteTakenAsync()
    {
        for (var next = 0; next < _taken.Count;)
        {
            _buffer.ResetWrittenCount();
            while (next < _taken.Count && _buffer.WrittenCount < MaxBytesPerWrite)
            {
                Encode(_taken[next++]);
            }

            await write(_buffer.WrittenMemory);
        }
    }

    /// <summary>Takes all that waits; ends the writing when there is nothing.</summary>
    private bool TryTake()
    {
        lock (_gate)
        {
            _taken.Clear();
            if (_waiting.Count == 0)
            {
                _isWriting = false;
                if (_isClosed)
                {
                    _idle.TrySetResult();
                }

                return false;
            }

            (_taken, _waiting) = (_waiting, _taken);
            _waitingEntries = 0;
            return true;
        }
    }

    private void EndWriting()
    {
        lock (_gate)
        {
            _isClosed = true;
            _isWriting = false;
            _waiting.Clear();
            _idle.TrySetResult();
        }
    }

    private void Encode(object item)
    {
        int start;
        if (item is RaftMessage message)
        {
            start = PeerFrame.Begin(_buffer, PeerFrameType.Message);
            PeerMessageCodec.Write(_buffer, message);
        }
        else
        {
            var call = (PendingCall)item;
            if (!call.TryLeave())
            {
                return;
            }

            start = PeerFrame.Begin(_buffer, PeerFrameType.Call);
            var head = _buffer.GetSpan(9);
            BinaryPrimitives.WriteUInt64LittleEndian(head, call.Number);
            head[8] = (byte)call.Kind;
            _buffer.Advance(9);
            _buffer.Write(call.Body.Span);
        }

        PeerFrame.End(_buffer, start);
    }
}
