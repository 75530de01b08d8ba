using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.Api.Http;

/// <content>Events of money, instruments, accounts and assets.</content>
internal sealed partial class FeedItems
{
    /// <inheritdoc/>
    public void On(in BalanceChanged e)
    {
        if (!_filter.Wants("balance_changed", default, default, e.Account))
        {
            Pass();
            return;
        }

        if (_catalog.FindAsset(e.Asset) is not { } asset)
        {
            _lacksNames = true;
            return;
        }

        Begin("balance_changed");
        _json.WriteString("ledger_id", IdText.Of(e.Ledger));
        _json.WriteString("account_id", IdText.Of(e.Account));
        _json.WriteString("asset", asset.Symbol);
        _json.WriteString("change", DecimalText.Format(e.Change.Units, asset.Scale));
        _json.WriteString("total", DecimalText.Format((Int128)e.Available.Units + e.Reserved.Units, asset.Scale));
        _json.WriteString("available", DecimalText.Format(e.Available.Units, asset.Scale));
        _json.WriteString("reserved", DecimalText.Format(e.Reserved.Units, asset.Scale));
        End("balance_changed");
    }

    /// <inheritdoc/>
    public void On(in InstrumentChanged e)
    {
        if (!Wants("instrument_changed", e.Instrument, default, out var terms))
        {
            return;
        }

        _json.WriteString("instrument", terms.Symbol);
        _json.WriteString("status", EnumText.Of(e.Status));
        _json.WriteNumber("maker_fee_bps", e.MakerFeeBps);
        _json.WriteNumber("taker_fee_bps", e.TakerFeeBps);
        End("instrument_changed");
    }

    /// <inheritdoc/>
    public void On(in AccountChanged e)
    {
        _filter.Viewer?.Opened(e.Account, e.User);
        if (!_filter.Wants("account_changed", default, default, e.Account))
        {
            Pass();
            return;
        }

        Begin("account_changed");
        _json.WriteString("account_id", IdText.Of(e.Account));
        _json.WriteString("user_id", IdText.Of(e.User));
        End("account_changed");
    }

    /// <inheritdoc/>
    public void On(in AssetChanged e)
    {
        if (!_filter.Wants("asset_changed", default, new PredictionMarketId(_number.Market), default))
        {
            Pass();
            return;
        }

        if (_catalog.FindAsset(e.Asset) is not { } asset)
        {
            _lacksNames = true;
            return;
        }

        Begin("asset_changed", OutcomeSymbol.OfAsset(asset.Symbol)?.Market);
        _json.WriteString("asset", asset.Symbol);
        _json.WriteNumber("scale", asset.Scale);
        End("asset_changed");
    }
}
