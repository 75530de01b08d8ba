using System.Buffers;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching;

/// <summary>All accounts, books and remembered requests as one deterministic state machine: equal state and equal
/// inputs give equal state, events and results on every machine.</summary>
/// <remarks>Not safe for several threads: one owner applies and reads.</remarks>
public sealed partial class Exchange
{
    /// <summary>An empty exchange.</summary>
    public Exchange(ExchangeLimits limits) => throw new NotImplementedException();

    /// <summary>Log index of the last applied entry; 0 before the first.</summary>
    public long AppliedIndex => throw new NotImplementedException();

    /// <summary>Cluster time of the last applied command; 0 before the first.</summary>
    public Timestamp Now => throw new NotImplementedException();

    /// <summary>Applies one committed command.</summary>
    /// <param name="index">Its log index; greater than <see cref="AppliedIndex"/>.</param>
    /// <param name="at">Time the leader wrote into the entry; never before <see cref="Now"/>.</param>
    /// <param name="command">Bytes as CommandCodec writes them. Bytes that are no command are refused, never thrown on.</param>
    /// <param name="events">Receives what happened.</param>
    /// <param name="result">Receives the result's bytes, to be read by ResultCodec.</param>
    public Applied Apply(
        long index, Timestamp at, ReadOnlySpan<byte> command, IEventSink events, IBufferWriter<byte> result) =>
        throw new NotImplementedException();

    /// <summary>Passes over an entry without a command (no-op, configuration).</summary>
    public void Skip(long index) => throw new NotImplementedException();

    /// <summary>Writes the whole state in its canonical form: equal states give equal bytes.</summary>
    public void WriteSnapshot(IBufferWriter<byte> destination) => throw new NotImplementedException();

    /// <summary>Builds an exchange from a snapshot.</summary>
    /// <exception cref="FormatException">The bytes are not a snapshot of a version this code knows.</exception>
    public static Exchange ReadSnapshot(ReadOnlySpan<byte> snapshot) => throw new NotImplementedException();

    /// <summary>SHA-256 over the canonical snapshot; a full walk.</summary>
    /// <param name="destination">32 bytes.</param>
    public void StateHash(Span<byte> destination) => throw new NotImplementedException();
}
