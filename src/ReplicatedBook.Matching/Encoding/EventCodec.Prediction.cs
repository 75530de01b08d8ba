using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Encoding;

/// <content>Events of prediction markets.</content>
public static partial class EventCodec
{
    private static int FieldsOfPrediction(EventKind kind) => kind switch
    {
        EventKind.PredictionMarketDescribed or EventKind.OutcomeListed => 6,
        EventKind.SetSplit or EventKind.SetMerged or EventKind.OutcomePayoutSet => 4,
        EventKind.PredictionMarketSettled => 2,
        _ => 3,
    };

    private static void ReadPrediction(ref FieldReader fields, EventKind kind, IEventSink sink)
    {
        var market = new PredictionMarketId(fields.Int32());
        switch (kind)
        {
            case EventKind.PredictionMarketChanged:
                sink.On(new PredictionMarketChanged(
                    market, fields.Enum(PredictionMarketStatus.Deleted), fields.Timestamp()));
                break;
            case EventKind.PredictionMarketDescribed:
                sink.On(new PredictionMarketDescribed(
                    market, fields.Text(TextRules.MaxEventId), fields.Asset(), fields.WideText(TextRules.MaxTitle),
                    fields.WideText(TextRules.MaxCategory), fields.WideText(TextRules.MaxDescription)));
                break;
            case EventKind.OutcomeListed:
                sink.On(new OutcomeListed(
                    market, fields.Int32(), fields.Instrument(), fields.Asset(), fields.Text(TextRules.MaxOutcomeId),
                    fields.WideText(TextRules.MaxOutcomeTitle)));
                break;
            case EventKind.SetSplit:
                sink.On(new SetSplit(market, fields.Account(), fields.Quantity(), fields.Amount()));
                break;
            case EventKind.SetMerged:
                sink.On(new SetMerged(market, fields.Account(), fields.Quantity(), fields.Amount()));
                break;
            case EventKind.OutcomePayoutSet:
                sink.On(new OutcomePayoutSet(market, fields.Int32(), fields.Integer(), fields.Integer()));
                break;
            case EventKind.PositionSettled:
                sink.On(new PositionSettled(market, fields.Account(), fields.Amount()));
                break;
            default:
                sink.On(new PredictionMarketSettled(market, fields.Amount()));
                break;
        }
    }
}
