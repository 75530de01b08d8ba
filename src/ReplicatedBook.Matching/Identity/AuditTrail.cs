using System.Security.Cryptography;
using ReplicatedBook.Matching.Pages;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Identity;

/// <summary>The newest audit records, as bytes, and the chain of hashes that goes through all of them from the first
/// one on.</summary>
/// <param name="limit">Most records kept; at least 1.</param>
internal sealed class AuditTrail(int limit)
{
    private readonly PagedQueue<byte> _bytes = new();
    private readonly PagedQueue<AuditEntry> _entries = StartingAt(1);

    /// <summary>Sequence of the oldest kept; that of the next one when none is.</summary>
    public long First => _entries.First;

    /// <summary>Sequence of the newest; 0 before the first.</summary>
    public long Last => _entries.Next - 1;

    /// <summary>Hash of the record before the oldest kept; zeros before the first.</summary>
    public Bytes32 HashBefore { get; private set; }

    /// <summary>Hash of the newest record; zeros before the first.</summary>
    public Bytes32 LastHash { get; private set; }

    /// <summary>Hash of a record that is kept.</summary>
    public Bytes32 HashOf(long sequence) => _entries[sequence].Hash;

    /// <summary>Bytes of a record that is kept.</summary>
    public int LengthOf(long sequence) => _entries[sequence].Length;

    /// <summary>Copies a record that is kept.</summary>
    /// <param name="sequence">Which.</param>
    /// <param name="destination">Room for exactly its bytes.</param>
    public void CopyTo(long sequence, Span<byte> destination)
    {
        var from = _entries[sequence].Start;
        while (destination.Length > 0)
        {
            var run = _bytes.Run(from, destination.Length);
            run.CopyTo(destination);
            destination = destination[run.Length..];
            from += run.Length;
        }
    }

    /// <summary>Starts an empty trail behind records that are no longer kept.</summary>
    public void StartBehind(long last, in Bytes32 hash)
    {
        _entries.StartAt(last + 1);
        (HashBefore, LastHash) = (hash, hash);
    }

    /// <summary>Adds a record, and forgets the oldest where there are too many.</summary>
    public void Add(ReadOnlySpan<byte> record)
    {
        if (_entries.Count == limit)
        {
            ref readonly var oldest = ref _entries[_entries.First];
            HashBefore = oldest.Hash;
            _bytes.Drop(oldest.Length);
            _entries.Drop(1);
        }

        LastHash = Chain(LastHash, record);
        _entries.Add() = new AuditEntry { Start = _bytes.Next, Length = record.Length, Hash = LastHash };
        _bytes.Add(record);
    }

    /// <summary>Takes an image of all records.</summary>
    public FrozenAudit Freeze() => new(_entries.Freeze(), _bytes.Freeze(), HashBefore, LastHash);

    /// <summary>The hash of a record.</summary>
    public static Bytes32 Chain(in Bytes32 before, ReadOnlySpan<byte> record)
    {
        Span<byte> input = stackalloc byte[Bytes32.Size + Encoding.AuditLayout.MaxBytes];
        before.CopyTo(input);
        record.CopyTo(input[Bytes32.Size..]);
        Span<byte> hash = stackalloc byte[Bytes32.Size];
        SHA256.HashData(input[..(Bytes32.Size + record.Length)], hash);
        return new Bytes32(hash);
    }

    private static PagedQueue<AuditEntry> StartingAt(long sequence)
    {
        var entries = new PagedQueue<AuditEntry>();
        entries.StartAt(sequence);
        return entries;
    }
}
