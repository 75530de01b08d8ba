using System.Buffers;
using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>The parts of a snapshot that tell of betting, each written and read side by side; layouts in README.md of
/// this folder.</summary>
internal static class BettingSnapshotLayout
{
    /// <summary>Version that brought betting markets.</summary>
    public const int Version = 5;

    private const int MarketFields = 25;
    private const int PositionFields = 2;
    private const int HeldFields = 4;
    private const int BetFields = 25;
    private const int MaxBetBytes = 320; // 24 integers and a name.
    private const int TradeFields = 18;
    private const int JobFields = 9;

    /// <summary>Writes a market up to its positions.</summary>
    public static void WriteMarket(ref MessagePackWriter writer, BettingMarket market)
    {
        var given = market.Given;
        writer.WriteArrayHeader(MarketFields);
        writer.WriteText(given.Name);
        writer.WriteInteger((long)given.BookType);
        writer.WriteBoolean(given.IsInPlayCapable);
        writer.WriteInteger(given.Currency.Value);
        writer.WriteInteger(given.CommissionBps);
        writer.WriteInteger(given.BetDelay);
        writer.WriteInteger(given.MaxBetLiability.Units);
        writer.WriteInteger(given.MaxAccountLiability.Units);
        writer.WriteArrayHeader(market.Runners.Count);
        foreach (var runner in market.Runners)
        {
            writer.WriteArrayHeader(2);
            writer.WriteInteger(runner.Id.Value);
            writer.WriteText(runner.Name);
        }

        writer.WriteInteger(market.CreatedIndex);
        writer.WriteInteger(market.CreatedAt);
        writer.WriteArrayHeader(market.Removed.Count);
        foreach (var runner in market.Removed)
        {
            writer.WriteInteger(runner);
        }

        writer.WriteInteger((long)market.State);
        writer.WriteInteger((long)market.Phase);
        writer.WriteInteger(market.Version);
        writer.WriteInteger(market.LastEvent);
        writer.WriteInteger(market.Matched);
        writer.WriteInteger(market.Pot);
        writer.WriteInteger(market.Dust);
        writer.WriteInteger(market.FirstTrade);
        writer.WriteInteger(market.LastTrade);
        writer.WriteInteger(market.Denominator);
        writer.WriteArrayHeader(market.Weights.Length);
        foreach (var weight in market.Weights)
        {
            writer.WriteInteger(weight);
        }
    }

    /// <summary>Reads what a market was created with.</summary>
    public static CreateBettingMarket ReadGiven(
        ref FieldReader fields, out long createdIndex, out long createdAt)
    {
        fields.Array(MarketFields);
        var given = new CreateBettingMarket(
            fields.Text(TextRules.MaxText), fields.Enum(BettingBookType.MultiRunner), fields.Boolean(),
            fields.Asset(), fields.Int32(), fields.Integer(), fields.Amount(), fields.Amount(), Runners(ref fields));
        (createdIndex, createdAt) = (fields.Integer(), fields.Integer());
        return given;
    }

    /// <summary>Reads what happened to a market since, up to its positions.</summary>
    public static void ReadCourse(ref FieldReader fields, BettingMarket market)
    {
        for (var count = fields.Array(); count > 0; count--)
        {
            var runner = (int)fields.Integer(0, market.Runners.Count - 1);
            fields.Expect(!market.IsTwoRunner && !market.IsRemoved(runner), "a runner that was removed");
            market.Removed.Add(runner);
        }

        market.State = fields.Enum(BettingMarketState.Voided);
        market.Phase = fields.Enum(BettingPhase.InPlay);
        market.Version = fields.Integer(1, long.MaxValue);
        market.LastEvent = fields.Integer(1, long.MaxValue);
        market.Matched = fields.Integer(0, long.MaxValue);
        market.Pot = fields.Integer(0, long.MaxValue);
        market.Dust = fields.Integer(0, long.MaxValue);
        market.FirstTrade = fields.Integer(0, long.MaxValue);
        market.LastTrade = fields.Integer(market.FirstTrade, long.MaxValue);
        market.Denominator = fields.Integer(0, SettleBettingMarket.MaxDenominator);
        market.Weights = new long[fields.Array()];
        for (var i = 0; i < market.Weights.Length; i++)
        {
            market.Weights[i] = fields.Integer(BettingMarket.VoidWeight, market.Denominator);
        }

        fields.Expect(
            market.Weights.Length == (market.State == BettingMarketState.Settled ? market.Runners.Count : 0)
                && market.Denominator != 0 == (market.Weights.Length > 0),
            "the result of a betting market");
    }

    /// <summary>Writes what stands before what a position has on its runners.</summary>
    public static void BeginPosition(ref MessagePackWriter writer, in Position position, int count)
    {
        writer.WriteArrayHeader(PositionFields);
        writer.WriteInteger(position.Account);
        writer.WriteArrayHeader(count);
    }

    /// <summary>Writes what a position has on one runner.</summary>
    public static void WriteHeld(ref MessagePackWriter writer, in RunnerPosition held)
    {
        writer.WriteArrayHeader(HeldFields);
        writer.WriteInteger(held.Runner);
        writer.WriteInteger(held.For);
        writer.WriteInteger(held.Against);
        writer.WriteInteger(held.Paid);
    }

    /// <summary>Reads what stands before what a position has on its runners.</summary>
    public static void ReadPosition(ref FieldReader fields, out int account, out int count)
    {
        fields.Array(PositionFields);
        account = fields.Int32();
        count = fields.Array();
    }

    /// <summary>Reads what a position has on one runner.</summary>
    public static void ReadHeld(ref FieldReader fields, int runners, out RunnerPosition held)
    {
        fields.Array(HeldFields);
        held = new RunnerPosition
        {
            Runner = (int)fields.Integer(0, runners - 1),
            For = fields.Integer(0, long.MaxValue),
            Against = fields.Integer(0, long.MaxValue),
            Paid = fields.Integer(0, long.MaxValue),
        };
    }

    /// <summary>Writes a bet, open or closed. What is reserved follows from the rest.</summary>
    public static void WriteBet(IBufferWriter<byte> destination, in Bet bet, scoped ReadOnlySpan<byte> name)
    {
        var packed = new PackedSpan(destination.GetSpan(MaxBetBytes));
        packed.ArrayHeader(BetFields);
        packed.Integer(bet.Id);
        packed.TextOrNil(name);
        packed.Integer(bet.Account);
        packed.Integer(bet.Market);
        packed.Integer(bet.Runner);
        packed.Integer((long)bet.Side);
        packed.Integer(bet.Odds);
        packed.Integer(bet.Stake);
        packed.Integer(bet.Remaining);
        packed.Integer(bet.Matched);
        packed.Integer(bet.MatchedLiability);
        packed.Integer(bet.Voided);
        packed.Integer((long)bet.TimeInForce);
        packed.Integer((long)bet.Persistence);
        packed.Integer((long)bet.SelfTradePrevention);
        packed.Integer(bet.MinFill);
        packed.Integer((long)bet.Status);
        packed.Integer((long)bet.Reason);
        packed.Integer(bet.DueAt);
        packed.Integer(bet.MarketVersion);
        packed.Integer(bet.CreatedIndex);
        packed.Integer(bet.UpdatedIndex);
        packed.Integer(bet.CreatedAt);
        packed.Integer(bet.UpdatedAt);
        packed.Integer(bet.LastTrade);
        destination.Advance(packed.Length);
    }

    /// <summary>Reads a bet.</summary>
    public static void ReadBet(ref FieldReader fields, out Bet bet, out ClientOrderId name)
    {
        fields.Array(BetFields);
        bet = default;
        bet.Id = fields.Integer();
        name = fields.ClientOrderId();
        bet.HasName = !name.IsEmpty;
        bet.Account = fields.Int32();
        bet.Market = fields.Int32();
        bet.Runner = (byte)fields.Integer(0, CreateBettingMarket.MaxRunners - 1);
        bet.Side = fields.Enum(BetSide.Lay);
        bet.Odds = fields.Int32();
        bet.Stake = fields.Integer(1, OddsTerms.MaxStake);
        bet.Remaining = fields.Integer(0, bet.Stake);
        bet.Matched = fields.Integer(0, bet.Stake - bet.Remaining);
        bet.MatchedLiability = fields.Integer(0, long.MaxValue);
        bet.Voided = fields.Integer(0, bet.Matched);
        bet.TimeInForce = fields.Enum(TimeInForce.FillOrKill);
        bet.Persistence = fields.Enum(Persistence.Persist);
        bet.SelfTradePrevention = fields.Enum(SelfTradePrevention.None);
        bet.MinFill = fields.Integer(0, bet.Stake);
        bet.Status = fields.Enum(OrderStatus.Voided);
        bet.Reason = fields.Enum(StatusReason.RunnerRemoved);
        bet.DueAt = fields.Integer();
        bet.MarketVersion = fields.Integer(1, long.MaxValue);
        bet.CreatedIndex = fields.Integer();
        bet.UpdatedIndex = fields.Integer();
        bet.CreatedAt = fields.Integer();
        bet.UpdatedAt = fields.Integer();
        bet.LastTrade = fields.Integer();
        var (got, limit) = (
            (Int128)bet.MatchedLiability * OddsTerms.Whole, (Int128)bet.Matched * (bet.Odds - OddsTerms.Whole));
        fields.Expect(
            OddsLadder.PositionOf(new Odds(bet.Odds)) >= 0 && (bet.Side == BetSide.Back ? got >= limit : got <= limit),
            "the odds of a bet");
    }

    /// <summary>Writes a trade; its id follows from its place.</summary>
    public static void WriteTrade(ref MessagePackWriter writer, in BetTrade trade)
    {
        writer.WriteArrayHeader(TradeFields);
        writer.WriteInteger(trade.Market);
        writer.WriteInteger(trade.MakerBet);
        writer.WriteInteger(trade.TakerBet);
        writer.WriteInteger(trade.MakerAccount);
        writer.WriteInteger(trade.TakerAccount);
        writer.WriteInteger(trade.MakerRunner);
        writer.WriteInteger(trade.TakerRunner);
        writer.WriteInteger((long)trade.MakerSide);
        writer.WriteInteger((long)trade.TakerSide);
        writer.WriteInteger(trade.Odds);
        writer.WriteInteger(trade.Stake);
        writer.WriteInteger(trade.Liability);
        writer.WriteBoolean(trade.IsVoided);
        writer.WriteInteger(trade.Index);
        writer.WriteInteger(trade.At);
        writer.WriteInteger(trade.PreviousOfMaker);
        writer.WriteInteger(trade.PreviousOfTaker);
        writer.WriteInteger(trade.PreviousOfMarket);
    }

    /// <summary>Reads a trade.</summary>
    public static void ReadTrade(ref FieldReader fields, out BetTrade trade)
    {
        fields.Array(TradeFields);
        trade = new BetTrade
        {
            Market = fields.Int32(),
            MakerBet = fields.Integer(),
            TakerBet = fields.Integer(),
            MakerAccount = fields.Int32(),
            TakerAccount = fields.Int32(),
            MakerRunner = (byte)fields.Integer(0, CreateBettingMarket.MaxRunners - 1),
            TakerRunner = (byte)fields.Integer(0, CreateBettingMarket.MaxRunners - 1),
            MakerSide = fields.Enum(BetSide.Lay),
            TakerSide = fields.Enum(BetSide.Lay),
            Odds = fields.Int32(),
            Stake = fields.Integer(1, long.MaxValue),
            Liability = fields.Integer(1, long.MaxValue),
            IsVoided = fields.Boolean(),
            Index = fields.Integer(),
            At = fields.Integer(),
            PreviousOfMaker = fields.Integer(),
            PreviousOfTaker = fields.Integer(),
            PreviousOfMarket = fields.Integer(),
        };
    }

    /// <summary>Writes work that is not complete.</summary>
    public static void WriteJob(ref MessagePackWriter writer, in BettingJob job)
    {
        writer.WriteArrayHeader(JobFields);
        writer.WriteInteger(job.Market);
        writer.WriteInteger((long)job.Work);
        writer.WriteInteger(job.BatchSize);
        writer.WriteInteger(job.Last);
        writer.WriteInteger(job.Cursor);
        writer.WriteInteger(job.Account);
        writer.WriteInteger(job.Runner);
        writer.WriteInteger(job.From);
        writer.WriteInteger(job.To);
    }

    /// <summary>Reads work that is not complete.</summary>
    public static BettingJob ReadJob(ref FieldReader fields)
    {
        fields.Array(JobFields);
        return new BettingJob
        {
            Market = fields.Int32(),
            Work = fields.Enum(BettingWork.CancelRemoved),
            BatchSize = (int)fields.Integer(1, SetBettingState.MaxBatch),
            Last = fields.Integer(),
            Cursor = fields.Integer(0, long.MaxValue),
            Account = fields.Int32(),
            Runner = fields.Int32(),
            From = fields.Integer(),
            To = fields.Integer(),
        };
    }

    private static RunnerName[] Runners(ref FieldReader fields)
    {
        var runners = new RunnerName[fields.Array()];
        for (var i = 0; i < runners.Length; i++)
        {
            fields.Array(2);
            runners[i] = new RunnerName(fields.Runner(), fields.Text(TextRules.MaxText));
        }

        return runners;
    }
}
