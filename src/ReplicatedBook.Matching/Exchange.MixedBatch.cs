using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Matching;

/// <content>Several orders and bets in one entry.</content>
public sealed partial class Exchange
{
    private readonly BetTicket[] _batchBets = new BetTicket[PlaceBatch.MaxOrders];
    private readonly bool[] _areBets = new bool[PlaceBatch.MaxOrders]; // Of the batch: the other places are orders.

    /// <summary>All are decoded before the first has an effect; then each is decided for itself, in order, or in
    /// an atomic batch, which has no bets, all together.</summary>
    private RejectReason ApplyMixedBatch(in Envelope header, ref MessagePackReader reader, RejectReason barred)
    {
        var (isAtomic, session) = (false, 0L);
        if (!CommandReader.TryReadMixedBatch(ref reader, _batch, _batchBets, _areBets, out var count)
            || (header.Version == CommandCodec.SessionVersion
                && !(reader.TryReadBoolean(out isAtomic) & CommandReader.TryReadSession(ref reader, out session)))
            || !reader.IsAtEnd
            || (isAtomic && _areBets.AsSpan(0, Math.Min(count, PlaceBatch.MaxOrders)).Contains(true)))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred == RejectReason.None && count is (0 or > PlaceBatch.MaxOrders))
        {
            barred = RejectReason.BatchEmpty;
        }

        if (barred != RejectReason.None)
        {
            RejectMixed(Math.Min(count, PlaceBatch.MaxOrders), barred);
            return Refuse(barred);
        }

        PlaceIn(session, count);
        AnswerBatchHeader(count);
        if (isAtomic)
        {
            PlaceTogether(header.User, count);
            return RejectReason.None;
        }

        for (var i = 0; i < count; i++)
        {
            if (_areBets[i])
            {
                _shownBet.Slot = -1;
                AnswerBet(PlaceBet(header.User, in _batchBets[i]));
            }
            else
            {
                _shown.Slot = -1;
                AnswerOrder(Place(header.User, in _batch[i]));
                TriggerStops();
            }
        }

        NoteBettingDue();
        return RejectReason.None;
    }

    private void PlaceIn(long session, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _batch[i].Session = session;
            _batchBets[i].Session = session;
        }
    }

    private void RejectMixed(int count, RejectReason reason)
    {
        for (var i = 0; i < count; i++)
        {
            _ = _areBets[i]
                ? Reject(in _batchBets[i], _batchBets[i].Account, reason)
                : Reject(in _batch[i], _batch[i].Account, reason);
        }
    }
}
