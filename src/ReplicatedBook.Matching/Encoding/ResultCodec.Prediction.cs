using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Encoding;

/// <content>Results of prediction markets.</content>
public static partial class ResultCodec
{
    private static PredictionMarketView Market(ref FieldReader fields)
    {
        var market = new PredictionMarketView(
            new PredictionMarketId(fields.Int32()), fields.Text(TextRules.MaxEventId),
            fields.WideText(TextRules.MaxTitle), fields.WideText(TextRules.MaxCategory),
            fields.WideText(TextRules.MaxDescription),
            new AssetView(fields.Asset(), fields.Text(TextRules.MaxAssetSymbol), fields.Int32()),
            new DecimalSize(fields.Integer(), fields.Int32()), fields.Integer(), fields.Int32(),
            fields.Enum(PredictionMarketStatus.Deleted), [])
        {
            ClosesAt = TimeOrNull(ref fields),
            CreatedAt = fields.Timestamp(),
            CreatedIndex = fields.Integer(),
            EndedAt = TimeOrNull(ref fields),
            Version = fields.Integer(),
            Pool = fields.Amount(),
            Dust = fields.Amount(),
            IsUnfinished = fields.Boolean(),
            OrdersCanceled = fields.Integer(),
            AccountsPaid = fields.Integer(),
        };
        var outcomes = new OutcomeView[fields.Array()];
        var (denominator, openInterest) = (0L, 0L);
        for (var i = 0; i < outcomes.Length; i++)
        {
            fields.Array(ResultLayout.OutcomeFields);
            outcomes[i] = new OutcomeView(
                fields.Text(TextRules.MaxOutcomeId), fields.WideText(TextRules.MaxOutcomeTitle), fields.Instrument(),
                fields.Asset(), fields.Quantity(), PriceOrNull(ref fields), PriceOrNull(ref fields),
                PriceOrNull(ref fields), fields.Integer());
            denominator += outcomes[i].Payout;
            openInterest = Math.Max(openInterest, outcomes[i].Supply.Lots);
        }

        return market with
        {
            Outcomes = outcomes,
            PayoutDenominator = denominator,
            OpenInterest = new Quantity(openInterest),
        };
    }

    private static SetView Set(ref FieldReader fields) => new(
        new PredictionMarketId(fields.Int32()), fields.Account(), fields.Quantity(), fields.Amount(),
        new BalanceView(fields.Asset(), fields.Amount(), fields.Amount()));

    private static Timestamp? TimeOrNull(ref FieldReader fields)
    {
        var time = fields.Timestamp();
        return time.Microseconds == 0 ? null : time;
    }
}
