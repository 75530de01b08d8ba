using System.Buffers;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Matching;

/// <content>Writing the whole state.</content>
public sealed partial class Exchange
{
    /// <summary>Begins to write the whole state as it is now, in a time that grows with the accounts, instruments and
    /// price levels, but not with the orders, trades and requests. Any number may be under way at once; each makes
    /// later commands copy what they are the first to change, so it is to be brought to its end soon.</summary>
    /// <param name="destination">Where to; nothing else may write there meanwhile.</param>
    public SnapshotWriter BeginSnapshot(IBufferWriter<byte> destination) => new(Freeze(), destination);

    /// <summary>Writes the whole state at once.</summary>
    public void WriteSnapshot(IBufferWriter<byte> destination) => BeginSnapshot(destination).Continue(int.MaxValue);

    /// <summary>SHA-256 over the canonical snapshot; a full walk.</summary>
    /// <param name="destination">32 bytes.</param>
    public void StateHash(Span<byte> destination)
    {
        using var hash = new HashingBuffer();
        WriteSnapshot(hash);
        hash.Finish(destination);
    }

    private FrozenExchange Freeze()
    {
        var image = FreezeUpToLevelOfUsers();
        image.OrderSessions = FeatureLevel >= FeatureLevels.OrderSessions ? FreezeOrderSessions(image) : null;
        return image;
    }

    private FrozenExchange FreezeUpToLevelOfUsers() => new()
    {
        AppliedIndex = AppliedIndex,
        Now = Now,
        LastOrder = _lastOrder,
        LastLedger = _lastLedger,
        FeatureLevel = FeatureLevel,
        Limits = _limits,
        Ledger = _ledger.Freeze(),
        Markets = FreezeMarkets(),
        Instruments = _instruments.ConvertAll(FrozenInstrument.Of),
        OpenOrders = _orders.Freeze(),
        ClosedOrders = _closedOrders.Freeze(),
        OldestClosed = _closedOrders.Oldest,
        ClosedCount = _closedOrders.Count,
        Trades = _trades.Freeze(),
        Requests = _requests.Freeze(),
        Betting = FeatureLevel >= FeatureLevels.BettingMarkets ? FreezeBetting() : null,
        Identity = FeatureLevel >= FeatureLevels.Identity ? FreezeIdentity() : null,
    };
}
