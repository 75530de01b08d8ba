using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Encoding;

/// <content>Results of betting commands.</content>
public static partial class ResultCodec
{
    private static CommandOutcome ReadBetting(ref FieldReader fields, ResultShape shape) => shape == ResultShape.Bet
        ? new CommandOutcome
        {
            Reason = fields.Enum(ResultLayout.LastReason),
            IsExistingOrder = fields.Boolean(),
            Bet = Bet(ref fields),
            BetFills = BetFills(ref fields),
        }
        : new CommandOutcome
        {
            Reason = RejectReason.None,
            BettingMarket = BettingMarket(ref fields),
            BettingCount = fields.Int32(),
        };

    private static BetView Bet(ref FieldReader fields)
    {
        fields.Array(BettingResultLayout.BetFields);
        return new BetView(
            fields.Order(), fields.ClientOrderId(), fields.Account(), fields.BettingMarket(), fields.Runner(),
            fields.Enum(BetSide.Lay), fields.Odds(), fields.Amount(), fields.Amount(), fields.Amount(),
            fields.Amount(), fields.Amount(), fields.Enum(TimeInForce.FillOrKill), fields.Enum(Persistence.Persist),
            fields.Enum(SelfTradePrevention.None), fields.Amount(), fields.Enum(OrderStatus.Voided),
            fields.Enum(StatusReason.RunnerRemoved), fields.Amount(), fields.Timestamp(), fields.Integer(),
            fields.Integer(), fields.Timestamp(), fields.Timestamp());
    }

    private static BetFillView[] BetFills(ref FieldReader fields)
    {
        var fills = new BetFillView[fields.Array()];
        for (var i = 0; i < fills.Length; i++)
        {
            fields.Array(BettingResultLayout.FillFields);
            fills[i] = new BetFillView(
                fields.Trade(), fields.Amount(), fields.Amount(), fields.Odds(), fields.Boolean(), fields.Boolean(),
                fields.Boolean(), fields.Order());
        }

        return fills;
    }

    private static BettingMarketView BettingMarket(ref FieldReader fields)
    {
        fields.Array(BettingResultLayout.MarketFields);
        return new BettingMarketView(
            fields.BettingMarket(), fields.Text(TextRules.MaxText), fields.Enum(BettingBookType.MultiRunner),
            fields.Boolean(), Asset(ref fields), fields.Amount(), fields.Int32(), fields.Integer(), fields.Amount(),
            fields.Amount(), fields.Enum(BettingMarketState.Voided), fields.Enum(BettingPhase.InPlay),
            fields.Integer(), Runners(ref fields), fields.Amount(), fields.Amount(), fields.Amount(), fields.Int32(),
            fields.Boolean(), fields.Integer(), fields.Timestamp());
    }

    private static RunnerView[] Runners(ref FieldReader fields)
    {
        var runners = new RunnerView[fields.Array()];
        for (var i = 0; i < runners.Length; i++)
        {
            fields.Array(3);
            runners[i] = new RunnerView(fields.Runner(), fields.Text(TextRules.MaxText), fields.Boolean());
        }

        return runners;
    }
}
