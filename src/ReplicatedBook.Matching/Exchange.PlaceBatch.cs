using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Matching;

/// <content>Several orders in one entry.</content>
public sealed partial class Exchange
{
    /// <summary>All orders are decoded before the first has an effect; then each is decided for itself, in
    /// order.</summary>
    private RejectReason ApplyPlaceBatch(in Envelope header, ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryReadBatch(ref reader, _batch, out var count))
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
        foreach (ref readonly var order in _batch.AsSpan(0, count))
        {
            _shown.Slot = -1;
            AnswerOrder(Place(header.User, in order));
        }

        return RejectReason.None;
    }
}
