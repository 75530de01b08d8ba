namespace ReplicatedBook.Consensus;

/// <summary>Append messages sent to one follower and not yet answered, oldest first: the limit of what is risked on
/// it.</summary>
/// <param name="maxMessages">Messages before the window is full.</param>
/// <param name="maxBytes">Payload bytes before it is full; the message that reaches the limit may pass it.</param>
internal sealed class InflightWindow(int maxMessages, long maxBytes)
{
    private (long LastIndex, long Bytes)[] _sent = new (long, long)[Math.Min(maxMessages, 8)];
    private int _oldest;
    private int _count;
    private long _bytes;

    /// <summary>Whether the leader must wait for an answer.</summary>
    public bool IsFull => _count >= maxMessages || _bytes >= maxBytes;

    /// <summary>Messages out.</summary>
    public int Count => _count;

    /// <summary>Notes a message.</summary>
    /// <param name="lastIndex">Its last entry; rises with each message.</param>
    /// <param name="bytes">Its payload.</param>
    public void Add(long lastIndex, long bytes)
    {
        Invariant.Require(!IsFull, "nothing is sent past a full window");
        if (_count == _sent.Length)
        {
            Grow();
        }

        _sent[(_oldest + _count) % _sent.Length] = (lastIndex, bytes);
        _count++;
        _bytes += bytes;
    }

    /// <summary>Forgets the messages that an acknowledgement up to this index answers.</summary>
    public void FreeUpTo(long index)
    {
        while (_count > 0 && _sent[_oldest].LastIndex <= index)
        {
            _bytes -= _sent[_oldest].Bytes;
            _oldest = (_oldest + 1) % _sent.Length;
            _count--;
        }
    }

    /// <summary>Forgets all messages: they are taken for lost.</summary>
    public void Clear()
    {
        _oldest = 0;
        _count = 0;
        _bytes = 0;
    }

    private void Grow()
    {
        var larger = new (long, long)[Math.Min(maxMessages, _sent.Length * 2)];
        for (var i = 0; i < _count; i++)
        {
            larger[i] = _sent[(_oldest + i) % _sent.Length];
        }

        _sent = larger;
        _oldest = 0;
    }
}
