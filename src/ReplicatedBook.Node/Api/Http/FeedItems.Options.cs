using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.Api.Http;

/// <content>What orders with options and instruments with rules do.</content>
internal sealed partial class FeedItems
{
    /// <inheritdoc/>
    public void On(in OrderConditions e)
    {
        if (!Wants("order_conditions", e.Instrument, e.Account, out var terms))
        {
            return;
        }

        _json.WriteString("order_id", IdText.Of(e.Order));
        _json.WriteString("account_id", IdText.Of(e.Account));
        _json.WriteString("instrument", terms.Symbol);
        if (e.ExpiresAt.Microseconds != 0)
        {
            _json.WriteString("expires_at", TimeText.Of(e.ExpiresAt));
        }

        if (e.DisplayQuantity.Lots != 0)
        {
            _json.WriteString("display_quantity", terms.Format(e.DisplayQuantity));
        }

        if (e.StopPrice.Ticks != 0)
        {
            _json.WriteString("stop_price", terms.Format(e.StopPrice));
        }

        if (e.QuoteQuantity.Units != 0)
        {
            _json.WriteString("quote_quantity", DecimalText.Format(e.QuoteQuantity.Units, terms.Quote.Scale));
        }

        End("order_conditions");
    }

    /// <inheritdoc/>
    public void On(in OrderTriggered e)
    {
        if (!Wants("order_triggered", e.Instrument, e.Account, out var terms))
        {
            return;
        }

        WriteOrder(e.Order, e.Account, terms, e.Side);
        _json.WriteString("stop_price", terms.Format(e.StopPrice));
        End("order_triggered");
    }

    /// <inheritdoc/>
    public void On(in OrderReplenished e)
    {
        if (!Wants("order_replenished", e.Instrument, e.Account, out var terms))
        {
            return;
        }

        WriteOrder(e.Order, e.Account, terms, e.Side);
        WritePrice(e.LimitPrice, terms);
        _json.WriteString("shown_quantity", terms.Format(e.Shown));
        End("order_replenished");
    }

    /// <inheritdoc/>
    public void On(in InstrumentRulesChanged e)
    {
        if (!Wants("instrument_rules_changed", e.Instrument, default, out var terms))
        {
            return;
        }

        _json.WriteString("instrument", terms.Symbol);
        _json.WriteString("min_notional", DecimalText.Format(e.Rules.MinNotional, terms.Quote.Scale));
        _json.WriteString(
            "max_quantity", terms.Format(new Quantity(e.Rules.MaxQuantity)));
        _json.WriteString("price_band_pct", DecimalText.Format(e.Rules.PriceBandBps, 2));
        End("instrument_rules_changed");
    }

    /// <inheritdoc/>
    public void On(in CancelAfterChanged e)
    {
        if (!_filter.Wants("cancel_after_changed", default, default, e.Account))
        {
            Pass();
            return;
        }

        Begin("cancel_after_changed");
        _json.WriteString("account_id", IdText.Of(e.Account));
        if (e.At.Microseconds != 0)
        {
            _json.WriteString("cancel_at", TimeText.Of(e.At));
        }

        End("cancel_after_changed");
    }
}
