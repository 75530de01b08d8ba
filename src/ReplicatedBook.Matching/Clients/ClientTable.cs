using System.Buffers;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Clients;

/// <summary>Requests by user and key with their answers, so that a retry at any node gets the first answer.</summary>
/// <remarks>Forgets by log position and cluster time only, so alike on every replica. A table full of young keys takes
/// no
/// new ones rather than forget one early.</remarks>
/// <param name="limits">How many keys and bytes, and for how long at least.</param>
internal sealed class ClientTable(ExchangeLimits limits)
{
    private readonly ClientOrderIndex _index = new();
    private readonly ByteRing _bytes = new();
    private RequestEntry[] _entries = new RequestEntry[16];
    private long _firstSequence = 1;
    private long _nextSequence = 1;

    /// <summary>Requests remembered.</summary>
    public int Count => (int)(_nextSequence - _firstSequence);

    /// <summary>A remembered request, the oldest first.</summary>
    public ref readonly RequestEntry this[int position] => ref Entry(_firstSequence + position);

    /// <summary>Finds a request; null when it is not or no longer known.</summary>
    /// <returns>Its position, for <see cref="this[int]"/>; good until the next <see cref="Remember"/>.</returns>
    public int? Find(UserId user, ReadOnlySpan<byte> key)
    {
        var hash = HashOf(user.Value, key);
        var place = _index.Start(hash);
        while (_index.Next(hash, ref place) is not 0 and var sequence)
        {
            ref readonly var entry = ref Entry(sequence);
            if (entry.User == user.Value && entry.KeyLength == key.Length && _bytes.Equals(entry.Start, key))
            {
                return (int)(sequence - _firstSequence);
            }
        }

        return null;
    }

    /// <summary>Whether one more request can be remembered without forgetting one that is too young.</summary>
    /// <remarks>Bytes may pass their limit by one answer: its size is known only when it is too late to
    /// refuse.</remarks>
    public bool HasRoom(long now)
    {
        var (count, bytes) = (Count, _bytes.Length);
        for (var position = 0; IsFull(count, bytes); position++)
        {
            ref readonly var entry = ref this[position];
            if (now - entry.At < limits.MinRequestKeyAge)
            {
                return false;
            }

            count--;
            bytes -= entry.KeyLength + entry.ResultLength;
        }

        return true;
    }

    /// <summary>Remembers a request that is not known, and forgets the oldest where there is no room.</summary>
    public void Remember(
        UserId user, ReadOnlySpan<byte> key, UInt128 content, long index, long at, RejectReason reason,
        ReadOnlySpan<byte> result)
    {
        while (IsFull(Count, _bytes.Length))
        {
            ForgetOldest();
        }

        if (Count == _entries.Length)
        {
            Grow();
        }

        var hash = HashOf(user.Value, key);
        _index.Add(hash, _nextSequence);
        _entries[(int)(_nextSequence & (_entries.Length - 1))] = new RequestEntry
        {
            User = user.Value,
            KeyHash = hash,
            Content = content,
            Index = index,
            At = at,
            Start = _bytes.End,
            KeyLength = key.Length,
            ResultLength = result.Length,
            Reason = (byte)reason,
        };
        _nextSequence++;
        _bytes.Add(key);
        _bytes.Add(result);
    }

    /// <summary>Copies the key of a request.</summary>
    public void CopyKey(in RequestEntry entry, IBufferWriter<byte> destination)
    {
        _bytes.CopyTo(entry.Start, destination.GetSpan(entry.KeyLength)[..entry.KeyLength]);
        destination.Advance(entry.KeyLength);
    }

    /// <summary>Copies the answer of a request.</summary>
    public void CopyResult(in RequestEntry entry, IBufferWriter<byte> destination)
    {
        _bytes.CopyTo(entry.Start + entry.KeyLength, destination.GetSpan(entry.ResultLength)[..entry.ResultLength]);
        destination.Advance(entry.ResultLength);
    }

    private static ulong HashOf(long user, ReadOnlySpan<byte> key) => ContentHash.Of((ulong)user, key);

    private bool IsFull(int count, long bytes) =>
        count > 0 && (count >= limits.MaxRequestKeys || bytes >= limits.MaxRequestBytes);

    private ref RequestEntry Entry(long sequence) => ref _entries[(int)(sequence & (_entries.Length - 1))];

    private void ForgetOldest()
    {
        ref readonly var oldest = ref Entry(_firstSequence);
        _index.Remove(oldest.KeyHash, _firstSequence);
        _bytes.Drop(oldest.KeyLength + oldest.ResultLength);
        _firstSequence++;
    }

    private void Grow()
    {
        var old = _entries;
        _entries = new RequestEntry[checked(old.Length * 2)];
        for (var sequence = _firstSequence; sequence < _nextSequence; sequence++)
        {
            Entry(sequence) = old[(int)(sequence & (old.Length - 1))];
        }
    }
}
