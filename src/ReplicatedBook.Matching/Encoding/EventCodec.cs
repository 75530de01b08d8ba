using System.Buffers;
using ReplicatedBook.Matching.Events;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Events as canonical MessagePack, one array each; layouts in README.md of this folder.</summary>
public static class EventCodec
{
    /// <summary>Hands every event of the bytes to a sink, in order.</summary>
    /// <exception cref="FormatException">The bytes are not a sequence of events.</exception>
    public static void Read(ReadOnlySpan<byte> events, IEventSink sink) => throw new NotImplementedException();
}

/// <summary>Writes events one after another; cleared and used again for each entry, so it allocates nothing once warm.</summary>
public sealed class EventBuffer : IEventSink
{
    /// <summary>How many events are in it.</summary>
    public int Count => throw new NotImplementedException();

    /// <summary>Their bytes; valid until the next write or clear.</summary>
    public ReadOnlySpan<byte> Bytes => throw new NotImplementedException();

    /// <summary>Empties it.</summary>
    public void Clear() => throw new NotImplementedException();

    /// <inheritdoc/>
    public void On(in OrderAccepted e) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void On(in OrderRejected e) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void On(in OrderAmended e) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void On(in OrderCanceled e) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void On(in OrderExpired e) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void On(in Trade e) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void On(in BalanceChanged e) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void On(in InstrumentChanged e) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void On(in AccountChanged e) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void On(in AssetChanged e) => throw new NotImplementedException();
}
