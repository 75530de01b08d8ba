using ReplicatedBook.Matching.Events;

namespace ReplicatedBook.Matching.Encoding;

/// <content>Events of prediction markets.</content>
public sealed partial class EventBuffer
{
    private const int MaxTextBytes = MaxEventBytes + TextRules.MaxTitle + TextRules.MaxCategory
        + TextRules.MaxDescription;

    /// <inheritdoc/>
    public void On(in PredictionMarketChanged e)
    {
        var packed = BeginOfPrediction(e.Market.Value, EventKind.PredictionMarketChanged, fields: 3);
        packed.Integer(e.Market.Value);
        packed.Integer((long)e.Status);
        packed.Integer(e.ClosesAt.Microseconds);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in PredictionMarketDescribed e)
    {
        var packed = BeginOfPrediction(e.Market.Value, EventKind.PredictionMarketDescribed, fields: 6, MaxTextBytes);
        packed.Integer(e.Market.Value);
        Text(ref packed, e.EventId);
        packed.Integer(e.Collateral.Value);
        Text(ref packed, e.Title);
        Text(ref packed, e.Category);
        Text(ref packed, e.Description);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in OutcomeListed e)
    {
        var packed = BeginOfPrediction(e.Market.Value, EventKind.OutcomeListed, fields: 6, MaxTextBytes);
        packed.Integer(e.Market.Value);
        packed.Integer(e.Outcome);
        packed.Integer(e.Instrument.Value);
        packed.Integer(e.Asset.Value);
        Text(ref packed, e.Id);
        Text(ref packed, e.Title);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in SetSplit e)
    {
        var packed = BeginOfPrediction(e.Market.Value, EventKind.SetSplit, fields: 4);
        packed.Integer(e.Market.Value);
        packed.Integer(e.Account.Value);
        packed.Integer(e.Quantity.Lots);
        packed.Integer(e.Cost.Units);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in SetMerged e)
    {
        var packed = BeginOfPrediction(e.Market.Value, EventKind.SetMerged, fields: 4);
        packed.Integer(e.Market.Value);
        packed.Integer(e.Account.Value);
        packed.Integer(e.Quantity.Lots);
        packed.Integer(e.Proceeds.Units);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in OutcomePayoutSet e)
    {
        var packed = BeginOfPrediction(e.Market.Value, EventKind.OutcomePayoutSet, fields: 4);
        packed.Integer(e.Market.Value);
        packed.Integer(e.Outcome);
        packed.Integer(e.Numerator);
        packed.Integer(e.Denominator);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in PositionSettled e)
    {
        var packed = BeginOfPrediction(e.Market.Value, EventKind.PositionSettled, fields: 3);
        packed.Integer(e.Market.Value);
        packed.Integer(e.Account.Value);
        packed.Integer(e.Paid.Units);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in PredictionMarketSettled e)
    {
        var packed = BeginOfPrediction(e.Market.Value, EventKind.PredictionMarketSettled, fields: 2);
        packed.Integer(e.Market.Value);
        packed.Integer(e.Dust.Units);
        End(packed.Length);
    }

    private static void Text(ref PackedSpan packed, string text)
    {
        Span<byte> utf8 = stackalloc byte[TextRules.MaxDescription];
        packed.Text(utf8[..System.Text.Encoding.UTF8.GetBytes(text, utf8)]);
    }
}
