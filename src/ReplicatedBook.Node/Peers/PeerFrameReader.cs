using System.Buffers;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Peers;

/// <summary>Takes frames from a stream, all that have come at a time. For one thread.</summary>
internal sealed class PeerFrameReader(Stream stream)
{
    private const int UsualBytes = 64 << 10;

    private readonly ByteArena _kept = new();
    private byte[] _bytes = new byte[UsualBytes];
    private int _start;
    private int _end;

    /// <summary>Waits until more bytes are there.</summary>
    /// <returns>False at the end of the stream.</returns>
    public bool TryReadMore()
    {
        MakeRoom();
        var read = stream.Read(_bytes, _end, _bytes.Length - _end); // With a span TLS would copy once more.
        _end += read;
        return read > 0;
    }

    /// <summary>Takes the next frame; parameters and exceptions are those of <see cref="PeerFrame.TryRead"/>.</summary>
    public bool TryTake(out PeerFrameType type, out ReadOnlyMemory<byte> content)
    {
        var rest = new ReadOnlySequence<byte>(_bytes, _start, _end - _start);
        var isWhole = PeerFrame.TryRead(ref rest, _kept, out type, out content);
        _start = _end - (int)rest.Length;
        return isWhole;
    }

    private void MakeRoom()
    {
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
            if (_bytes.Length > UsualBytes)
            {
                _bytes = new byte[UsualBytes];
            }
        }
        else if (_end == _bytes.Length)
        {
            var rest = _bytes.AsSpan(_start, _end - _start);
            var larger = rest.Length > _bytes.Length / 2 ? new byte[2 * _bytes.Length] : _bytes;
            rest.CopyTo(larger);
            (_bytes, _start, _end) = (larger, 0, rest.Length);
        }
    }
}
