using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Events;

namespace ReplicatedBook.Matching.Encoding;

/// <content>Numbering the events of each market. Those of spot instruments cost one look into an array for
/// it.</content>
public sealed partial class EventBuffer
{
    private (int Market, long Sequence) _told;

    /// <summary>The exchange's, which keeps the counts; null where what is written was numbered before.</summary>
    internal EventNumbers? Numbers { get; set; }

    /// <inheritdoc/>
    /// <remarks>Only for a buffer that no exchange writes to: an exchange numbers its events itself.</remarks>
    public void BelongsTo(int market, long sequence) => _told = (market, sequence);

    /// <summary>Begins an event of an instrument.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PackedSpan BeginOf(int instrument, EventKind kind, int fields)
    {
        if (Numbers is { } numbers && numbers.OfInstrument(instrument) is null)
        {
            return Begin(kind, fields);
        }

        HeaderOf(instrument, kind, fields); // Seldom, so written apart: the rest then stays in registers.
        return new PackedSpan(_buffer.Reserve(MaxEventBytes));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void HeaderOf(int instrument, EventKind kind, int fields)
    {
        var packed = Numbers?.OfInstrument(instrument) is { } market
            ? Begin(kind, fields, market.Id, ++market.LastEvent, MaxEventBytes)
            : BeginAsTold(kind, fields, MaxEventBytes);
        _buffer.Advance(packed.Length);
    }

    private PackedSpan BeginOfAsset(int asset, EventKind kind, int fields)
    {
        if (Numbers is not { } numbers)
        {
            return BeginAsTold(kind, fields, MaxEventBytes);
        }

        return numbers.OfAsset(asset) is { } market
            ? Begin(kind, fields, market.Id, ++market.LastEvent, MaxEventBytes)
            : Begin(kind, fields);
    }

    private PackedSpan BeginOfPrediction(int market, EventKind kind, int fields, int maxBytes = MaxEventBytes) =>
        Numbers is { } numbers
            ? Begin(kind, fields, market, ++numbers.Prediction(market).LastEvent, maxBytes)
            : BeginAsTold(kind, fields, maxBytes);

    private PackedSpan BeginOfBetting(int market, EventKind kind, int fields) =>
        Numbers is { } numbers
            ? Begin(kind, fields, market, ++numbers.Betting(market).LastEvent, MaxEventBytes)
            : BeginAsTold(kind, fields, MaxEventBytes);

    private PackedSpan BeginAsTold(EventKind kind, int fields, int maxBytes)
    {
        var (market, sequence) = _told;
        _told = default;
        return market == 0 ? Begin(kind, fields, maxBytes) : Begin(kind, fields, market, sequence, maxBytes);
    }

    private PackedSpan Begin(EventKind kind, int fields, int market, long sequence, int maxBytes)
    {
        var packed = new PackedSpan(_buffer.Reserve(maxBytes));
        packed.ArrayHeader(4 + fields, EventCodec.NumberedVersion, (byte)kind);
        packed.Integers(market, sequence);
        return packed;
    }
}
