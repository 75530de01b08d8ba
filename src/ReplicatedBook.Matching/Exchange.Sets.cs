using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Markets.Prediction;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Complete sets: collateral into shares and back.</content>
public sealed partial class Exchange
{
    /// <summary>Checked in this order: AccountRequired, AccountNotFound, PredictionMarketNotFound, QuantityNotPositive,
    /// AlreadyResolved, MarketStateConflict, NotionalTooLarge, InsufficientFunds.</summary>
    private RejectReason ApplySplitSet(in Envelope header, ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryReadSet(ref reader, out var named, out var id, out var lots))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var reason = CheckSet(header.User, named, id, lots, barred, out var account, out var market);
        if (reason == RejectReason.None && !market!.MayTrade)
        {
            reason = RejectReason.MarketStateConflict;
        }

        var units = (Int128)lots * (market?.SetUnits ?? 0);
        if (reason != RejectReason.None || units > long.MaxValue)
        {
            return Refuse(reason != RejectReason.None ? reason : RejectReason.NotionalTooLarge);
        }

        if (LacksFunds(_ledger.FindBalance(account, market!.Collateral), market.Collateral, (long)units))
        {
            return AnswerShortfall();
        }

        Split(account, market, lots, (long)units);
        _events.On(new SetSplit(
            new PredictionMarketId(id), new AccountId(account), new Quantity(lots), new Amount((long)units)));
        return AnswerSet(market, account, lots, (long)units);
    }

    /// <summary>Checked in this order: AccountRequired, AccountNotFound, PredictionMarketNotFound, QuantityNotPositive,
    /// AlreadyResolved, InsufficientFunds (of the first outcome of which there is too little).</summary>
    private RejectReason ApplyMergeSet(in Envelope header, ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryReadSet(ref reader, out var named, out var id, out var lots))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var reason = CheckSet(header.User, named, id, lots, barred, out var account, out var market);
        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        for (var i = 0; i < market!.Outcomes.Length; i++)
        {
            if (LacksFunds(_ledger.FindBalance(account, market.FirstAsset + i), market.FirstAsset + i, lots))
            {
                return AnswerShortfall();
            }
        }

        var units = Merge(account, market, lots);
        return AnswerSet(market, account, lots, units);
    }

    private RejectReason CheckSet(
        UserId user, long named, int id, long lots, RejectReason barred, out int account, out PredictionMarket? market)
    {
        (account, market) = (0, null);
        if (barred != RejectReason.None)
        {
            return barred;
        }

        account = ResolveAccount(user, new AccountId(named), out var reason);
        if (account == 0)
        {
            return reason;
        }

        market = MarketOrNull(id);
        return market is null ? RejectReason.PredictionMarketNotFound
            : lots <= 0 ? RejectReason.QuantityNotPositive
            : market.Status > PredictionMarketStatus.Closed ? RejectReason.AlreadyResolved
            : RejectReason.None;
    }

    /// <summary>Makes sets. Their cost is spread evenly over the outcomes, what does not go up on the first.</summary>
    private void Split(int account, PredictionMarket market, long lots, long units)
    {
        market.MakeSets(lots);
        _ledger.Credit(_ledger.FindBalance(account, market.Collateral), -units);
        var each = units / market.Outcomes.Length;
        var cost = units - (each * (market.Outcomes.Length - 1));
        for (var i = 0; i < market.Outcomes.Length; i++)
        {
            var balance = _ledger.EnsureBalance(account, market.FirstAsset + i);
            _ledger.Credit(balance, lots);
            _positions[_positions.Ensure(balance, account, market, i)].Add(lots, cost);
            cost = each;
        }
    }

    /// <summary>Unmakes sets of which the account has enough available, and says so. What they bring beyond their cost
    /// is spread evenly over the outcomes, what does not go up on the first.</summary>
    /// <returns>Units of collateral paid.</returns>
    private long Merge(int account, PredictionMarket market, long lots)
    {
        var units = lots * market.SetUnits;
        Int128 gain = units;
        for (var i = 0; i < market.Outcomes.Length; i++)
        {
            var balance = _ledger.FindBalance(account, market.FirstAsset + i);
            _ledger.Credit(balance, -lots);
            gain -= _positions[_positions.Find(balance)].Take(lots);
        }

        var each = gain / market.Outcomes.Length;
        var share = gain - (each * (market.Outcomes.Length - 1));
        for (var i = 0; i < market.Outcomes.Length; i++)
        {
            _positions[_positions.Find(_ledger.FindBalance(account, market.FirstAsset + i))].Realized += share;
            share = each;
        }

        market.MakeSets(-lots);
        _ledger.Credit(_ledger.EnsureBalance(account, market.Collateral), units);
        _events.On(new SetMerged(
            new PredictionMarketId(market.Id), new AccountId(account), new Quantity(lots), new Amount(units)));
        return units;
    }

    private RejectReason AnswerSet(PredictionMarket market, int account, long lots, long units)
    {
        var packed = new PackedSpan(_answer.Reserve(ResultLayout.MaxScalars));
        ResultLayout.Set(
            ref packed, market.Id, account, lots, units,
            in _ledger.Balance(_ledger.FindBalance(account, market.Collateral)));
        _answer.Advance(packed.Length);
        return RejectReason.None;
    }
}
