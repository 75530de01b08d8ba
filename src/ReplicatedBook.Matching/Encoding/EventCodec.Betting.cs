using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Encoding;

/// <content>Events of betting markets.</content>
public static partial class EventCodec
{
    private static int FieldsOfBetting(EventKind kind) => kind switch
    {
        EventKind.BettingMarketChanged => 4,
        EventKind.RunnerChanged => 3,
        EventKind.BetAccepted => 11,
        EventKind.BetRejected => 5,
        EventKind.BetReleased => 3,
        EventKind.BetMatched => 16,
        EventKind.BetReduced => 5,
        EventKind.BetCanceled => 8,
        EventKind.BetTradeVoided => 6,
        EventKind.BettingPaid => 5,
        _ => 4,
    };

    private static void ReadBetting(ref FieldReader fields, EventKind kind, IEventSink sink)
    {
        switch (kind)
        {
            case EventKind.BettingMarketChanged:
                sink.On(new BettingMarketChanged(
                    fields.BettingMarket(), fields.Enum(BettingMarketState.Voided), fields.Enum(BettingPhase.InPlay),
                    fields.Integer()));
                break;
            case EventKind.RunnerChanged:
                sink.On(new RunnerChanged(fields.BettingMarket(), fields.Runner(), fields.Boolean()));
                break;
            case EventKind.BetAccepted:
                sink.On(new BetAccepted(
                    fields.Order(), fields.Account(), fields.ClientOrderId(), fields.BettingMarket(), fields.Runner(),
                    fields.Enum(BetSide.Lay), fields.Odds(), fields.Amount(), fields.Enum(TimeInForce.FillOrKill),
                    fields.Enum(Persistence.Persist), fields.Timestamp()));
                break;
            case EventKind.BetRejected:
                sink.On(new BetRejected(
                    fields.Account(), fields.ClientOrderId(), fields.BettingMarket(), fields.Runner(),
                    fields.Enum(ResultLayout.LastReason)));
                break;
            case EventKind.BetReleased:
                sink.On(new BetReleased(fields.Order(), fields.Account(), fields.BettingMarket()));
                break;
            case EventKind.BetMatched:
                sink.On(new BetMatched(
                    fields.Trade(), fields.BettingMarket(), fields.Order(), fields.Order(), fields.Account(),
                    fields.Account(), fields.Runner(), fields.Runner(), fields.Enum(BetSide.Lay),
                    fields.Enum(BetSide.Lay), fields.Odds(), fields.Amount(), fields.Amount(), fields.Amount(),
                    fields.Amount(), fields.Amount()));
                break;
            case EventKind.BetReduced:
                sink.On(new BetReduced(
                    fields.Order(), fields.Account(), fields.BettingMarket(), fields.Amount(), fields.Amount()));
                break;
            case EventKind.BetCanceled:
                sink.On(new BetCanceled(
                    fields.Order(), fields.Account(), fields.BettingMarket(), fields.Runner(), fields.Enum(BetSide.Lay),
                    fields.Odds(), fields.Amount(), fields.Enum(StatusReason.RunnerRemoved)));
                break;
            case EventKind.BetTradeVoided:
                sink.On(new BetTradeVoided(
                    fields.Trade(), fields.BettingMarket(), fields.Account(), fields.Account(), fields.Amount(),
                    fields.Amount()));
                break;
            case EventKind.BettingPaid:
                sink.On(new BettingPaid(
                    fields.BettingMarket(), fields.Account(), fields.Amount(), fields.Amount(), fields.Amount()));
                break;
            default:
                sink.On(new BettingBatchDone(
                    fields.BettingMarket(), fields.Enum(BettingWork.CancelRemoved), fields.Int32(), fields.Boolean()));
                break;
        }
    }
}
