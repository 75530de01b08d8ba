using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.Api.Http;

/// <content>Events of prediction markets.</content>
internal sealed partial class FeedItems
{
    /// <inheritdoc/>
    public void On(in PredictionMarketChanged e)
    {
        if (WantsMarket("market_changed", e.Market, default, out _))
        {
            _json.WriteString("status", EnumText.Of(e.Status));
            if (e.ClosesAt.Microseconds != 0)
            {
                _json.WriteString("closes_at", TimeText.Of(e.ClosesAt));
            }

            End("market_changed");
        }
    }

    /// <inheritdoc/>
    public void On(in PredictionMarketDescribed e)
    {
        if (WantsMarket("event_changed", e.Market, default, out var terms))
        {
            _json.WriteString("collateral", terms.Collateral.Symbol);
            _json.WriteString("title", e.Title);
            _json.WriteString("category", e.Category);
            _json.WriteString("description", e.Description);
            End("event_changed");
        }
    }

    /// <inheritdoc/>
    public void On(in OutcomeListed e)
    {
        if (WantsMarket("event_changed", e.Market, default, out var terms))
        {
            _json.WriteString("outcome", e.Id);
            _json.WriteString("instrument", terms.Outcomes[e.Outcome].Symbol);
            _json.WriteString("outcome_title", e.Title);
            End("event_changed");
        }
    }

    /// <inheritdoc/>
    public void On(in SetSplit e) => WriteSet("set_split", e.Market, e.Account, e.Quantity, e.Cost);

    /// <inheritdoc/>
    public void On(in SetMerged e) => WriteSet("set_merged", e.Market, e.Account, e.Quantity, e.Proceeds);

    /// <inheritdoc/>
    public void On(in OutcomePayoutSet e)
    {
        if (WantsMarket("market_resolved", e.Market, default, out var terms))
        {
            _json.WriteString("outcome", terms.Outcomes[e.Outcome].Outcome!.Outcome);
            _json.WriteString("payout", PayoutBinder.Format(e.Numerator, e.Denominator));
            End("market_resolved");
        }
    }

    /// <inheritdoc/>
    public void On(in PositionSettled e)
    {
        if (WantsMarket("settled", e.Market, e.Account, out var terms))
        {
            _json.WriteString("account_id", IdText.Of(e.Account));
            _json.WriteString("amount", terms.Format(e.Paid));
            _json.WriteString("asset", terms.Collateral.Symbol);
            End("settled");
        }
    }

    /// <inheritdoc/>
    public void On(in PredictionMarketSettled e)
    {
        if (WantsMarket("market_changed", e.Market, default, out var terms))
        {
            _json.WriteBoolean("settled", true);
            _json.WriteString("dust", terms.Format(e.Dust));
            End("market_changed");
        }
    }

    private void WriteSet(
        string type, PredictionMarketId market, AccountId account, Quantity quantity, Amount amount)
    {
        if (WantsMarket(type, market, account, out var terms))
        {
            _json.WriteString("account_id", IdText.Of(account));
            _json.WriteString("quantity", terms.Format(quantity));
            _json.WriteString("amount", terms.Format(amount));
            _json.WriteString("asset", terms.Collateral.Symbol);
            End(type);
        }
    }

    private bool WantsMarket(string type, PredictionMarketId market, AccountId account, out MarketTerms terms)
    {
        terms = null!;
        if (!_filter.Wants(type, default, market, account))
        {
            Pass();
            return false;
        }

        if (_catalog.FindMarket(market) is not { } known)
        {
            _lacksNames = true;
            return false;
        }

        terms = known;
        Begin(type, terms.Name);
        _json.WriteString("market_id", terms.Name);
        _json.WriteString("event_id", terms.Name);
        return true;
    }
}
