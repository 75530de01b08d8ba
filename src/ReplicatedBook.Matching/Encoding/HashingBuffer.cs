using System.Buffers;
using System.Security.Cryptography;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Hashes what is written to it piece by piece, so that a large state is never in memory twice.</summary>
internal sealed class HashingBuffer : IBufferWriter<byte>, IDisposable
{
    private const int PieceBytes = 1 << 16;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _piece = new byte[PieceBytes];
    private int _length;

    /// <inheritdoc/>
    public void Advance(int count) => _length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var needed = Math.Max(1, sizeHint);
        if (_piece.Length - _length < needed)
        {
            _hash.AppendData(_piece, 0, _length);
            _length = 0;
            if (_piece.Length < needed)
            {
                _piece = new byte[needed];
            }
        }

        return _piece.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Gives the hash of all that was written.</summary>
    /// <param name="destination">32 bytes.</param>
    public void Finish(Span<byte> destination)
    {
        _hash.AppendData(_piece, 0, _length);
        _length = 0;
        _hash.GetHashAndReset(destination);
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
