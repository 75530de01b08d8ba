using System.Buffers;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Pages;
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
    private readonly PagedQueue<byte> _bytes = new();
    private readonly PagedQueue<RequestEntry> _entries = StartingAt(1); // An index knows no 0.

    /// <summary>Requests remembered.</summary>
    public int Count => (int)_entries.Count;

    /// <summary>A remembered request, the oldest first.</summary>
    public ref readonly RequestEntry this[int position] => ref _entries[_entries.First + position];

    /// <summary>Finds a request; null when it is not or no longer known.</summary>
    /// <returns>Its position, for <see cref="this[int]"/>; good until the next <see cref="Remember"/>.</returns>
    public int? Find(UserId user, ReadOnlySpan<byte> key)
    {
        var hash = HashOf(user.Value, key);
        var place = _index.Start(hash);
        while (_index.Next(hash, ref place) is not 0 and var sequence)
        {
            ref readonly var entry = ref _entries[sequence];
            if (entry.User == user.Value && entry.KeyLength == key.Length && IsKeyOf(in entry, key))
            {
                return (int)(sequence - _entries.First);
            }
        }

        return null;
    }

    /// <summary>Whether one more request can be remembered without forgetting one that is too young.</summary>
    /// <remarks>Bytes may pass their limit by one answer: its size is known only when it is too late to
    /// refuse.</remarks>
    public bool HasRoom(long now)
    {
        var (count, bytes) = (Count, _bytes.Count);
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
        while (IsFull(Count, _bytes.Count))
        {
            ForgetOldest();
        }

        var hash = HashOf(user.Value, key);
        _index.Add(hash, _entries.Next);
        _entries.Add() = new RequestEntry
        {
            User = user.Value,
            KeyHash = hash,
            Content = content,
            Index = index,
            At = at,
            Start = _bytes.Next,
            KeyLength = key.Length,
            ResultLength = result.Length,
            Reason = (byte)reason,
        };
        _bytes.Add(key);
        _bytes.Add(result);
    }

    /// <summary>Copies the answer of a request.</summary>
    public void CopyResult(in RequestEntry entry, IBufferWriter<byte> destination)
    {
        var (from, end) = (entry.Start + entry.KeyLength, entry.Start + entry.KeyLength + entry.ResultLength);
        while (from < end)
        {
            var run = _bytes.Run(from, (int)(end - from));
            destination.Write(run);
            from += run.Length;
        }
    }

    /// <summary>Takes an image of all requests.</summary>
    public FrozenRequests Freeze() => new(_entries.Freeze(), _bytes.Freeze());

    private static ulong HashOf(long user, ReadOnlySpan<byte> key) => ContentHash.Of((ulong)user, key);

    private bool IsFull(int count, long bytes) =>
        count > 0 && (count >= limits.MaxRequestKeys || bytes >= limits.MaxRequestBytes);

    private bool IsKeyOf(in RequestEntry entry, ReadOnlySpan<byte> key)
    {
        var run = _bytes.Run(entry.Start, key.Length);
        return run.SequenceEqual(key[..run.Length])
            && (run.Length == key.Length
                || _bytes.Run(entry.Start + run.Length, key.Length - run.Length).SequenceEqual(key[run.Length..]));
    }

    private void ForgetOldest()
    {
        ref readonly var oldest = ref _entries[_entries.First];
        _index.Remove(oldest.KeyHash, _entries.First);
        _bytes.Drop(oldest.KeyLength + oldest.ResultLength);
        _entries.Drop(1);
    }

    private static PagedQueue<RequestEntry> StartingAt(long sequence)
    {
        var entries = new PagedQueue<RequestEntry>();
        entries.StartAt(sequence);
        return entries;
    }
}
