using ReplicatedBook.Matching.Accounts;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Matching;

/// <content>The results' bytes; layouts in Encoding/README.md.</content>
public sealed partial class Exchange
{
    private (long Needed, long Available, int Asset) _shortfall;

    private RejectReason Refuse(RejectReason reason)
    {
        var packed = new PackedSpan(_answer.Reserve(ResultLayout.MaxScalars));
        ResultLayout.Refusal(ref packed, reason);
        _answer.Advance(packed.Length);
        return reason;
    }

    private RejectReason AnswerShortfall()
    {
        var packed = new PackedSpan(_answer.Reserve(ResultLayout.MaxScalars));
        ResultLayout.Shortfall(ref packed, _shortfall.Needed, _shortfall.Available, _shortfall.Asset);
        _answer.Advance(packed.Length);
        return RejectReason.InsufficientFunds;
    }

    private void AnswerOrder(RejectReason reason)
    {
        if (_shown.Slot < 0)
        {
            _ = reason == RejectReason.InsufficientFunds ? AnswerShortfall() : Refuse(reason);
            return;
        }

        ref readonly var order = ref OrderAt(_shown.Slot, _shown.IsOpen);
        var fills = CollectFills(in order);
        var packed = new PackedSpan(_answer.Reserve(ResultLayout.MaxOrder + ((fills + 1) * ResultLayout.MaxFill)));
        ResultLayout.BeginOrder(ref packed, reason, _shown.IsExisting, order.HasOptions);
        ResultLayout.Order(
            ref packed, in order, order.HasReference ? ReferenceOf(_shown.Slot, _shown.IsOpen).Id.Bytes : default);
        if (order.HasOptions)
        {
            ResultLayout.Options(ref packed, in OptionsOf(_shown.Slot, _shown.IsOpen));
        }

        packed.ArrayHeader(fills);
        for (var i = fills - 1; i >= 0; i--)
        {
            ref readonly var trade = ref _trades[_scratch[i]];
            ResultLayout.Fill(ref packed, _scratch[i], in trade, order.Id, OwnPrice(in order, trade.Price));
        }

        _answer.Advance(packed.Length);
    }

    /// <summary>Notes which trades an answer shows, newest first: the command's own, or all of an order found
    /// again.</summary>
    private int CollectFills(in Order order)
    {
        var count = 0;
        var after = _shown.IsExisting ? 0 : _shown.TradesBefore;
        for (var id = order.LastTrade; id > after && _trades.Holds(id); id = _trades[id].PreviousOf(order.Id))
        {
            Note(id, ref count);
        }

        return count;
    }

    /// <summary>A trade's price in an order's terms.</summary>
    private long OwnPrice(in Order order, long price) =>
        order.IsMirrored ? _instruments[order.Instrument - 1].BookPrice(price) : price;

    private void AnswerBatchHeader(int count)
    {
        var packed = new PackedSpan(_answer.Reserve(ResultLayout.MaxScalars));
        ResultLayout.BeginBatch(ref packed, count);
        _answer.Advance(packed.Length);
    }

    private void AnswerCanceled(int count)
    {
        var packed = new PackedSpan(_answer.Reserve(ResultLayout.MaxScalars + (count * PackedSpan.MaxScalar)));
        ResultLayout.BeginCanceled(ref packed);
        PackCanceled(ref packed, count);
        _answer.Advance(packed.Length);
    }

    private void AnswerInstrument(Instrument instrument, int canceled)
    {
        var room = ResultLayout.MaxInstrument + (canceled * PackedSpan.MaxScalar);
        var packed = new PackedSpan(_answer.Reserve(room));
        ResultLayout.Instrument(
            ref packed, instrument, _ledger.Asset(instrument.BaseAsset), _ledger.Asset(instrument.QuoteAsset));
        PackCanceled(ref packed, canceled);
        _answer.Advance(packed.Length);
    }

    private void PackCanceled(ref PackedSpan packed, int count)
    {
        packed.ArrayHeader(count);
        foreach (var id in _scratch.AsSpan(0, count))
        {
            packed.Integer(id);
        }
    }

    private void AnswerAsset(int id)
    {
        var packed = new PackedSpan(_answer.Reserve(ResultLayout.MaxScalars));
        ResultLayout.Asset(ref packed, id, _ledger.Asset(id));
        _answer.Advance(packed.Length);
    }

    private void AnswerAccount(int id)
    {
        var packed = new PackedSpan(_answer.Reserve(ResultLayout.MaxScalars));
        ResultLayout.Account(ref packed, id, _ledger.Account(id).User, in _ledger.Details(id));
        _answer.Advance(packed.Length);
    }

    private void AnswerSwitch(int account)
    {
        var packed = new PackedSpan(_answer.Reserve(ResultLayout.MaxScalars));
        ResultLayout.CancelAfter(ref packed, account, _ledger.Details(account).CancelAt);
        _answer.Advance(packed.Length);
    }

    private void AnswerLedger(long id, int account, in Balance balance)
    {
        var packed = new PackedSpan(_answer.Reserve(ResultLayout.MaxScalars));
        ResultLayout.Ledger(ref packed, id, account, in balance);
        _answer.Advance(packed.Length);
    }
}
