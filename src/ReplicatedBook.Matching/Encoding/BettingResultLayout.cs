using ReplicatedBook.Matching.Accounts;
using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Commands;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Writes results of betting commands.</summary>
internal static class BettingResultLayout
{
    /// <summary>Most bytes of a result with a bet, without its trades.</summary>
    public const int MaxBet = 320;

    /// <summary>Most bytes of one of its trades.</summary>
    public const int MaxFill = 64;

    /// <summary>Most bytes of a result with a market, without its runners.</summary>
    public const int MaxMarket = 384;

    /// <summary>Most bytes of one of its runners.</summary>
    public const int MaxRunner = 80;

    /// <summary>Fields of a bet.</summary>
    public const int BetFields = 24;

    /// <summary>Fields of a bet's trade.</summary>
    public const int FillFields = 8;

    /// <summary>Fields of a market.</summary>
    public const int MarketFields = 21;

    /// <summary>What stands before a bet and its trades.</summary>
    public static void BeginBet(ref PackedSpan packed, RejectReason reason, bool isExisting)
    {
        ResultLayout.Begin(ref packed, ResultShape.Bet, fields: 4);
        packed.Integer((long)reason);
        packed.Boolean(isExisting);
    }

    /// <summary>A bet as readers see it.</summary>
    public static void Bet(
        ref PackedSpan destination, in Bet bet, int runner, scoped ReadOnlySpan<byte> clientOrderId)
    {
        var packed = destination; // A local stays in registers over all these fields.
        packed.ArrayHeader(BetFields);
        packed.Integer(bet.Id);
        packed.TextOrNil(clientOrderId);
        packed.Integer(bet.Account);
        packed.Integer(bet.Market);
        packed.Integer(runner);
        packed.Integer((long)bet.Side);
        packed.Integer(bet.Odds);
        packed.Integer(bet.Stake);
        packed.Integer(bet.Matched);
        packed.Integer(bet.MatchedLiability);
        packed.Integer(bet.Voided);
        packed.Integer(bet.IsOpen ? bet.Remaining : 0);
        packed.Integer((long)bet.TimeInForce);
        packed.Integer((long)bet.Persistence);
        packed.Integer((long)bet.SelfTradePrevention);
        packed.Integer(bet.MinFill);
        packed.Integer((long)bet.Status);
        packed.Integer((long)bet.Reason);
        packed.Integer(bet.IsOpen ? bet.Risk : 0);
        packed.Integer(bet.DueAt);
        packed.Integer(bet.CreatedIndex);
        packed.Integer(bet.UpdatedIndex);
        packed.Integer(bet.CreatedAt);
        packed.Integer(bet.UpdatedAt);
        destination = packed;
    }

    /// <summary>A trade as one of its bets sees it.</summary>
    public static void Fill(ref PackedSpan packed, long id, in BetTrade trade, long bet)
    {
        var isTaker = bet == trade.TakerBet;
        packed.ArrayHeader(FillFields);
        packed.Integer(id);
        packed.Integer(isTaker ? trade.TakerStake : trade.Stake);
        packed.Integer(isTaker ? trade.TakerLiability : trade.Liability);
        packed.Integer(trade.Odds);
        packed.Boolean(isTaker);
        packed.Boolean(trade.IsImplied);
        packed.Boolean(trade.IsVoided);
        packed.Integer(trade.MakerBet);
    }

    /// <summary>A market, and how many a command worked on.</summary>
    public static void Market(ref PackedSpan packed, BettingMarket market, Asset currency, int count)
    {
        ref readonly var given = ref market.Given;
        ResultLayout.Begin(ref packed, ResultShape.BettingMarket, fields: 2);
        packed.ArrayHeader(MarketFields);
        packed.Integer(market.Id);
        ResultLayout.Text(ref packed, given.Name);
        packed.Integer((long)given.BookType);
        packed.Boolean(given.IsInPlayCapable);
        ResultLayout.AssetItself(ref packed, given.Currency.Value, currency);
        packed.Integer(market.StakeStep);
        packed.Integer(given.CommissionBps);
        packed.Integer(given.BetDelay);
        packed.Integer(given.MaxBetLiability.Units);
        packed.Integer(given.MaxAccountLiability.Units);
        packed.Integer((long)market.State);
        packed.Integer((long)market.Phase);
        packed.Integer(market.Version);
        packed.ArrayHeader(market.Runners.Count);
        for (var place = 0; place < market.Runners.Count; place++)
        {
            packed.ArrayHeader(3);
            packed.Integer(market.Runners[place].Id.Value);
            ResultLayout.Text(ref packed, market.Runners[place].Name);
            packed.Boolean(market.IsRemoved(place));
        }

        packed.Integer(market.Matched);
        packed.Integer(market.Pot);
        packed.Integer(market.Dust);
        packed.Integer(market.Open.Count);
        packed.Boolean(market.Jobs > 0);
        packed.Integer(market.CreatedIndex);
        packed.Integer(market.CreatedAt);
        packed.Integer(count);
    }
}
