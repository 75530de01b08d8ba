using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Matching;

/// <content>Several orders in one entry.</content>
public sealed partial class Exchange
{
    /// <summary>All orders are decoded before the first has an effect; then each is decided for itself, in order, or in
    /// an atomic batch all together.</summary>
    private RejectReason ApplyPlaceBatch(in Envelope header, ref MessagePackReader reader, RejectReason barred)
    {
        if (header.Version >= CommandCodec.MixedVersion)
        {
            return ApplyMixedBatch(in header, ref reader, barred);
        }

        if (!CommandReader.TryReadBatch(ref reader, header.Version, _batch, out var count, out var isAtomic))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred == RejectReason.None && count is (0 or > PlaceBatch.MaxOrders))
        {
            barred = RejectReason.BatchEmpty;
        }

        if (barred != RejectReason.None)
        {
            foreach (ref readonly var order in _batch.AsSpan(0, Math.Min(count, PlaceBatch.MaxOrders)))
            {
                Reject(in order, order.Account, barred);
            }

            return Refuse(barred);
        }

        AnswerBatchHeader(count);
        if (isAtomic)
        {
            PlaceTogether(header.User, count);
            return RejectReason.None;
        }

        foreach (ref readonly var order in _batch.AsSpan(0, count))
        {
            _shown.Slot = -1;
            AnswerOrder(Place(header.User, in order));
            TriggerStops();
        }

        return RejectReason.None;
    }
}
