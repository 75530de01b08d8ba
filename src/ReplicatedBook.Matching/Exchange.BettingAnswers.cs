using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Matching;

/// <content>The bytes of betting results; layouts in Encoding/README.md.</content>
public sealed partial class Exchange
{
    private void AnswerBet(RejectReason reason)
    {
        if (_shownBet.Slot < 0)
        {
            _ = reason == RejectReason.InsufficientFunds ? AnswerShortfall() : Refuse(reason);
            return;
        }

        ref readonly var bet = ref BetAt(_shownBet.Slot, _shownBet.IsOpen);
        var fills = CollectFills(in bet);
        var packed = new PackedSpan(
            _answer.Reserve(BettingResultLayout.MaxBet + ((fills + 1) * BettingResultLayout.MaxFill)));
        BettingResultLayout.BeginBet(ref packed, reason, _shownBet.IsExisting);
        BettingResultLayout.Bet(
            ref packed, in bet, RunnerOf(in bet),
            bet.HasName ? BetNameOf(_shownBet.Slot, _shownBet.IsOpen).Bytes : default);
        packed.ArrayHeader(fills);
        for (var i = fills - 1; i >= 0; i--)
        {
            BettingResultLayout.Fill(ref packed, _scratch[i], in _betTrades[_scratch[i]], bet.Id);
        }

        _answer.Advance(packed.Length);
    }

    private int RunnerOf(in Bet bet) => _bettingMarkets[bet.Market - 1].Runners[bet.Runner].Id.Value;

    /// <summary>Notes which trades an answer shows, newest first: the command's own, or all of a bet found
    /// again.</summary>
    private int CollectFills(in Bet bet)
    {
        var count = 0;
        var after = _shownBet.IsExisting ? 0 : _shownBet.TradesBefore;
        for (var id = bet.LastTrade; id > after && _betTrades.Holds(id); id = _betTrades[id].PreviousOf(bet.Id))
        {
            Note(id, ref count);
        }

        return count;
    }

    private void AnswerBettingMarket(BettingMarket market, int count)
    {
        var room = BettingResultLayout.MaxMarket + (market.Runners.Count * BettingResultLayout.MaxRunner);
        var packed = new PackedSpan(_answer.Reserve(room));
        BettingResultLayout.Market(ref packed, market, _ledger.Asset(market.Given.Currency.Value), count);
        _answer.Advance(packed.Length);
    }
}
