using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Replication;

/// <summary>Committed entries in log order -> exchange -> events, digest, result; the same on every replica.</summary>
/// <remarks>One owner. Without records and feed it rebuilds a past state.</remarks>
internal sealed class Applier
{
    private readonly EventBuffer _events;
    private readonly ArrayBufferWriter<byte> _result = new(4096);
    private readonly EntryRecords? _records;
    private readonly EventFeed? _feed;
    private readonly ByteArena _arena = new(); // For what the feed keeps.

    // Kept: to make one for every entry costs three times as much as to use it.
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _hashed = new byte[4096];

    /// <summary>Goes on from a state.</summary>
    public Applier(ReplicaState state, EntryRecords? records, EventFeed? feed)
    {
        _records = records;
        _feed = feed;
        _events = new EventBuffer(feed is null ? null : feed.Trades.Count);
        Restore(state);
    }

    /// <summary>The state machine.</summary>
    public Exchange Exchange { get; private set; } = null!;

    /// <summary>Last applied index.</summary>
    public long AppliedIndex { get; private set; }

    /// <summary>Its term.</summary>
    public long AppliedTerm { get; private set; }

    /// <summary>Running digest there (API.md 1.7).</summary>
    public Digest Digest { get; private set; }

    /// <summary>Bytes of the last applied entry's events; empty when it had none. Valid until the next.</summary>
    public ReadOnlySpan<byte> Events => _events.Bytes;

    /// <summary>Replaces the state, by a snapshot from the leader.</summary>
    public void Restore(ReplicaState state)
    {
        Exchange = state.Exchange;
        (AppliedIndex, AppliedTerm, Digest) = (state.Mark.Index, state.Mark.Term, state.Digest);
        _feed?.StartAfter(AppliedIndex);
        if (AppliedIndex > 0)
        {
            _records?.Add(new EntryRecord(AppliedIndex, AppliedTerm, Exchange.Now, Digest, default));
        }
    }

    /// <summary>Applies the next entry.</summary>
    /// <param name="entry">Index <see cref="AppliedIndex"/> + 1.</param>
    /// <param name="wantsResult">Whether somebody waits for the result here.</param>
    /// <returns>What a waiting client is told; the result is empty unless wanted.</returns>
    public Proposal Apply(in LogEntry entry, bool wantsResult)
    {
        Invariant.Require(entry.Index == AppliedIndex + 1, "entries are applied one after another");
        _events.Clear();
        _result.ResetWrittenCount();
        var applied = default(Applied);
        if (entry.Kind == EntryKind.Command && EntryPayload.TryRead(entry.Payload.Span, out var at, out var command))
        {
            applied = Exchange.Apply(entry.Index, at, command, _events, _result);
        }
        else
        {
            Exchange.Skip(entry.Index);
        }

        AppliedIndex = entry.Index;
        AppliedTerm = entry.Term;
        Digest = NextDigest(entry);
        _records?.Add(new EntryRecord(entry.Index, entry.Term, Exchange.Now, Digest, applied.Reason));
        if (_feed is not null && _events.Count > 0)
        {
            _feed.Add(new FeedEntry(entry.Index, entry.Term, Exchange.Now, _arena.Copy(_events.Bytes)));
        }

        return wantsResult
            ? new Proposal(
                ProposalOutcome.Applied, entry.Index, entry.Term, Exchange.Now, Digest, applied,
                _result.WrittenSpan.ToArray())
            : Nothing;
    }

    private static readonly Proposal Nothing = Proposal.NotApplied(ProposalOutcome.Applied);

    /// <summary>SHA-256 over the previous digest, index, term, entry bytes and event bytes.</summary>
    private Digest NextDigest(in LogEntry entry)
    {
        const int Prefix = Digest.Size + 16;
        var length = Prefix + entry.Payload.Length + _events.Bytes.Length;
        if (_hashed.Length < length)
        {
            _hashed = new byte[Math.Max(length, 2 * _hashed.Length)];
        }

        var span = _hashed.AsSpan(0, length);
        Digest.CopyTo(span);
        BinaryPrimitives.WriteInt64BigEndian(span[Digest.Size..], entry.Index);
        BinaryPrimitives.WriteInt64BigEndian(span[(Digest.Size + 8)..], entry.Term);
        entry.Payload.Span.CopyTo(span[Prefix..]);
        _events.Bytes.CopyTo(span[(Prefix + entry.Payload.Length)..]);
        Span<byte> hash = stackalloc byte[Digest.Size];
        _hash.AppendData(span);
        _hash.GetHashAndReset(hash);
        return Digest.FromBytes(hash);
    }
}
