using System.Buffers;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Writing the whole state.</content>
public sealed partial class Exchange
{
    /// <summary>Latest version of the snapshot's layout; version 1 has no feature level, which is then 1.</summary>
    internal const int SnapshotVersion = 2;

    private const int FirstSnapshotFields = 5;

    /// <summary>Writes the whole state in its canonical form: equal states give equal bytes.</summary>
    /// <remarks>Everything stands in an order that the state itself defines (ids, queues, time of closing). Slots, free
    /// lists and sizes of tables differ between replicas with one state, so they are left out.</remarks>
    public void WriteSnapshot(IBufferWriter<byte> destination)
    {
        var writer = new MessagePackWriter(destination);
        // While the level is 1 there may be nodes that read version 1 only.
        var hasLevel = FeatureLevel >= FeatureLevels.KnowsLevels;
        writer.WriteArrayHeader(hasLevel ? FirstSnapshotFields + 1 : FirstSnapshotFields);
        writer.WriteInteger(hasLevel ? SnapshotVersion : 1);
        writer.WriteInteger(AppliedIndex);
        writer.WriteInteger(Now.Microseconds);
        writer.WriteInteger(_lastOrder);
        writer.WriteInteger(_lastLedger);
        if (hasLevel)
        {
            writer.WriteInteger(FeatureLevel);
        }

        SnapshotLayout.WriteLimits(ref writer, _limits);
        WriteAssets(ref writer);
        WriteAccounts(ref writer);
        WriteInstruments(ref writer);
        WriteClosedOrders(ref writer);
        WriteTrades(ref writer);
        WriteRequests(ref writer);
        writer.Flush();
    }

    /// <summary>SHA-256 over the canonical snapshot; a full walk.</summary>
    /// <param name="destination">32 bytes.</param>
    public void StateHash(Span<byte> destination)
    {
        using var hash = new HashingBuffer();
        WriteSnapshot(hash);
        hash.Finish(destination);
    }

    private void WriteAssets(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(_ledger.AssetCount);
        for (var id = 1; id <= _ledger.AssetCount; id++)
        {
            var asset = _ledger.Asset(id);
            writer.WriteArrayHeader(SnapshotLayout.AssetFields);
            writer.WriteText(asset.Symbol);
            writer.WriteInteger(asset.Scale);
            writer.WriteInteger(asset.Deposits);
            writer.WriteInteger(asset.Withdrawals);
            writer.WriteInteger(asset.Fees);
        }
    }

    private void WriteAccounts(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(_ledger.AccountCount);
        for (var id = 1; id <= _ledger.AccountCount; id++)
        {
            ref readonly var account = ref _ledger.Account(id);
            writer.WriteArrayHeader(SnapshotLayout.AccountFields);
            writer.WriteInteger(account.User);
            writer.WriteText(account.Label);
            writer.WriteInteger(account.CreatedIndex);
            writer.WriteInteger(account.CreatedAt);
            var count = 0;
            for (var slot = account.FirstBalance; slot >= 0; slot = _ledger.Balance(slot).Next)
            {
                count++;
            }

            writer.WriteArrayHeader(count);
            for (var slot = account.FirstBalance; slot >= 0; slot = _ledger.Balance(slot).Next)
            {
                ref readonly var balance = ref _ledger.Balance(slot);
                writer.WriteArrayHeader(SnapshotLayout.BalanceFields);
                writer.WriteInteger(balance.Asset);
                writer.WriteInteger(balance.Available);
                writer.WriteInteger(balance.Reserved);
            }
        }
    }

    private void WriteInstruments(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(_instruments.Count);
        foreach (var instrument in _instruments)
        {
            SnapshotLayout.WriteInstrument(ref writer, instrument);
            WriteOpenOrders(ref writer, instrument, Side.Buy);
            WriteOpenOrders(ref writer, instrument, Side.Sell);
        }
    }

    /// <summary>One side in priority order, so that reading it again in this order gives the same queues.</summary>
    private void WriteOpenOrders(ref MessagePackWriter writer, Instrument instrument, Side side)
    {
        ref var levels = ref instrument.Book.Levels(side);
        var count = 0;
        for (var rank = 0; rank < levels.Count; rank++)
        {
            count += levels[levels.AtRank(rank)].Count;
        }

        writer.WriteArrayHeader(count);
        for (var rank = 0; rank < levels.Count; rank++)
        {
            for (var slot = levels[levels.AtRank(rank)].Oldest; slot >= 0; slot = _orders[slot].Next)
            {
                ref readonly var order = ref _orders[slot];
                SnapshotLayout.WriteOrder(
                    ref writer, in order, order.HasReference ? _orders.Reference(slot) : default);
            }
        }
    }

    private void WriteClosedOrders(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(_closedOrders.Count);
        for (var slot = _closedOrders.Oldest; slot >= 0; slot = _closedOrders[slot].Next)
        {
            ref readonly var order = ref _closedOrders[slot];
            SnapshotLayout.WriteOrder(
                ref writer, in order, order.HasReference ? _closedOrders.Reference(slot) : default);
        }
    }

    private void WriteTrades(ref MessagePackWriter writer)
    {
        writer.WriteInteger(_trades.LastId);
        writer.WriteArrayHeader(_trades.Count);
        for (var id = _trades.FirstId; id <= _trades.LastId; id++)
        {
            SnapshotLayout.WriteTrade(ref writer, in _trades[id]);
        }
    }

    private void WriteRequests(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(_requests.Count);
        var bytes = new ByteBuffer();
        for (var position = 0; position < _requests.Count; position++)
        {
            ref readonly var entry = ref _requests[position];
            bytes.Clear();
            _requests.CopyKey(in entry, bytes);
            _requests.CopyResult(in entry, bytes);
            SnapshotLayout.WriteRequest(
                ref writer, in entry, bytes.Written[..entry.KeyLength], bytes.Written[entry.KeyLength..]);
        }
    }
}
