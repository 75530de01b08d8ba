using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Markets.Prediction;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Prediction markets in a snapshot, each part written and read side by side; layouts in README.md of this
/// folder.</summary>
internal static class MarketLayout
{
    /// <summary>Version of the snapshot that brought them.</summary>
    public const int Version = 4;

    private const int MarketFields = 28;
    private const int OutcomeFields = 4;
    private const int HolderFields = 2;
    private const int PositionFields = 4;

    /// <summary>Writes a market up to its holders.</summary>
    public static void WriteMarket(ref MessagePackWriter writer, PredictionMarket market)
    {
        writer.WriteArrayHeader(MarketFields);
        writer.WriteText(market.EventId);
        writer.WriteText(market.Title);
        writer.WriteText(market.Category);
        writer.WriteText(market.Description);
        writer.WriteInteger(market.Collateral);
        writer.WriteInteger(market.TickSize.Mantissa);
        writer.WriteInteger(market.TickSize.Scale);
        writer.WriteInteger(market.ShareScale);
        writer.WriteInteger(market.FirstAsset);
        writer.WriteInteger(market.FirstInstrument);
        writer.WriteInteger(market.CreatedIndex);
        writer.WriteInteger(market.CreatedAt);
        writer.WriteArrayHeader(market.Outcomes.Length);
        foreach (ref readonly var outcome in market.Outcomes.AsSpan())
        {
            writer.WriteArrayHeader(OutcomeFields);
            writer.WriteText(outcome.Id);
            writer.WriteText(outcome.Title);
            writer.WriteInteger(outcome.Supply);
            writer.WriteInteger(outcome.Payout);
        }

        writer.WriteInteger((long)market.Status);
        writer.WriteInteger(market.ClosesAt);
        writer.WriteInteger(market.EndedAt);
        writer.WriteInteger(market.Version);
        writer.WriteInteger(market.LastEvent);
        writer.WriteInteger(market.Pool);
        writer.WriteInteger(market.Dust);
        writer.WriteInteger((long)market.Stage);
        writer.WriteInteger(market.Cursor);
        writer.WriteInteger(market.OrdersCanceled);
        writer.WriteInteger(market.AccountsPaid);
        writer.WriteInteger(market.Shared);
        writer.WriteWide(market.Claims);
        writer.WriteBoolean(market.IsByShares);
        writer.WriteArrayHeader(market.Holders.Count);
    }

    /// <summary>Reads what names a market, up to its outcomes.</summary>
    public static MarketNames ReadNames(ref FieldReader fields)
    {
        fields.Array(MarketFields);
        return new MarketNames(
            fields.Text(TextRules.MaxEventId), fields.WideText(TextRules.MaxTitle),
            fields.WideText(TextRules.MaxCategory), fields.WideText(TextRules.MaxDescription), fields.Int32(),
            new DecimalSize(fields.Integer(), fields.Int32()), fields.Int32(), fields.Int32(), fields.Int32(),
            fields.Integer(), fields.Integer());
    }

    /// <summary>Reads a market's outcomes.</summary>
    public static Outcome[] ReadOutcomes(ref FieldReader fields)
    {
        var count = fields.Array();
        fields.Expect(
            count is >= CreatePredictionMarket.MinOutcomes and <= CreatePredictionMarket.MaxOutcomes,
            "the number of outcomes");
        var outcomes = new Outcome[count];
        for (var i = 0; i < count; i++)
        {
            fields.Array(OutcomeFields);
            outcomes[i].Id = fields.Text(TextRules.MaxOutcomeId);
            outcomes[i].Title = fields.WideText(TextRules.MaxOutcomeTitle);
            outcomes[i].Supply = fields.Integer(0, long.MaxValue);
            outcomes[i].Payout = fields.Integer(0, ResolvePredictionMarket.MaxDenominator);
        }

        return outcomes;
    }

    /// <summary>Reads what happened to a market since it was created, up to its holders.</summary>
    public static void ReadCourse(ref FieldReader fields, PredictionMarket market)
    {
        market.Status = fields.Enum(PredictionMarketStatus.Deleted);
        market.ClosesAt = fields.Integer(0, long.MaxValue);
        market.EndedAt = fields.Integer();
        market.Version = fields.Integer(0, long.MaxValue);
        market.LastEvent = fields.Integer(1, long.MaxValue);
        market.Pool = fields.Integer(0, long.MaxValue);
        market.Dust = fields.Integer(0, long.MaxValue);
        market.Stage = fields.Enum(SettlingStage.Pay);
        market.Cursor = (int)fields.Integer(0, int.MaxValue);
        market.OrdersCanceled = fields.Integer(0, long.MaxValue);
        market.AccountsPaid = fields.Integer(0, long.MaxValue);
        market.Shared = fields.Integer(0, long.MaxValue);
        market.Claims = fields.Wide();
        market.IsByShares = fields.Boolean();
        fields.Expect(
            IsStagePossible(market) && (market.Stage >= SettlingStage.Merge || market.Cursor == 0),
            "the stage of a market");
        fields.Expect(
            market.PayoutDenominator > 0 == (market.Status == PredictionMarketStatus.Resolved)
                && market.PayoutDenominator <= ResolvePredictionMarket.MaxDenominator,
            "the payouts of a market");
        var isOver = market.Status > PredictionMarketStatus.Closed && market.Stage == SettlingStage.None;
        fields.Expect(isOver ? market.Pool == 0 : market.Dust == 0, "the dust of a market");
    }

    private static bool IsStagePossible(PredictionMarket market)
    {
        var isVoid = market.Status > PredictionMarketStatus.Resolved;
        return market.Stage switch
        {
            SettlingStage.None => true,
            SettlingStage.Cancel => market.Status >= PredictionMarketStatus.Closed,
            SettlingStage.Merge => isVoid && market is { Shared: 0, IsByShares: false } && market.Claims >= 0,
            _ => isVoid
                ? market.Claims > 0 && market.Shared >= market.Pool
                : market.Status == PredictionMarketStatus.Resolved,
        };
    }

    /// <summary>Writes a holder with its positions, by outcome.</summary>
    public static void WriteHolder(ref MessagePackWriter writer, in Holder holder, Position[] positions)
    {
        var count = 0;
        for (var slot = holder.FirstPosition; slot >= 0; slot = positions[slot].Next)
        {
            count++;
        }

        writer.WriteArrayHeader(HolderFields);
        writer.WriteInteger(holder.Account);
        writer.WriteArrayHeader(count);
        for (var slot = holder.FirstPosition; slot >= 0; slot = positions[slot].Next)
        {
            ref readonly var position = ref positions[slot];
            writer.WriteArrayHeader(PositionFields);
            writer.WriteInteger(position.Outcome);
            writer.WriteInteger(position.Quantity);
            writer.WriteInteger(position.Cost);
            writer.WriteWide(position.Realized);
        }
    }

    /// <summary>Reads a holder up to its positions.</summary>
    /// <returns>How many positions follow.</returns>
    public static int ReadHolder(ref FieldReader fields, out int account)
    {
        fields.Array(HolderFields);
        account = fields.Int32();
        return fields.Array();
    }

    /// <summary>Reads a position.</summary>
    public static Position ReadPosition(ref FieldReader fields)
    {
        fields.Array(PositionFields);
        return new Position
        {
            Outcome = fields.Int32(),
            Quantity = fields.Integer(0, long.MaxValue),
            Cost = fields.Integer(0, long.MaxValue),
            Realized = fields.Wide(),
        };
    }
}
