using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.Api.Http;

/// <content>Betting. Bets are orders whose instrument is a runner, so they have the types of orders.</content>
internal sealed partial class FeedItems
{
    /// <inheritdoc/>
    public void On(in BettingMarketChanged e)
    {
        if (!BeginBetting("market_changed", e.Market, default, default, out _))
        {
            return;
        }

        _json.WriteString("market_id", IdText.Of(e.Market));
        _json.WriteString("state", EnumText.Of(e.State));
        _json.WriteString("phase", EnumText.Of(e.Phase));
        _json.WriteNumber("version", e.Version);
        End("market_changed");
    }

    /// <inheritdoc/>
    public void On(in RunnerChanged e)
    {
        var type = e.IsRemoved ? "runner_removed" : "runner_added";
        if (BeginBetting(type, e.Market, default, default, out _))
        {
            WriteRunner(e.Market, e.Runner);
            End(type);
        }
    }

    /// <inheritdoc/>
    public void On(in BetAccepted e)
    {
        if (!BeginBetting("order_accepted", e.Market, e.Runner, e.Account, out var terms))
        {
            return;
        }

        WriteBet(e.Bet, e.Account, e.Market, e.Runner, e.Side);
        WriteClientOrderId(e.ClientOrderId);
        _json.WriteString("type", BetShapes.Type);
        _json.WriteString("price", BettingTerms.Format(e.Odds));
        _json.WriteString("quantity", terms.Format(e.Stake));
        _json.WriteString("time_in_force", EnumText.Of(e.TimeInForce));
        _json.WriteBoolean("post_only", false);
        _json.WriteString("persistence", EnumText.Of(e.Persistence));
        if (e.DueAt.Microseconds != 0)
        {
            _json.WriteString("due_at", TimeText.Of(e.DueAt));
        }

        End("order_accepted");
    }

    /// <inheritdoc/>
    public void On(in BetRejected e)
    {
        // Market and runner are as the client gave them and may not exist.
        if (!_filter.WantsBet("order_rejected", e.Market, e.Runner, default, e.Account))
        {
            Pass();
            return;
        }

        Begin("order_rejected");
        if (e.Account.Value != 0)
        {
            _json.WriteString("account_id", IdText.Of(e.Account));
        }

        WriteClientOrderId(e.ClientOrderId);
        _json.WriteString("instrument", IdText.SymbolOf(e.Market, e.Runner));
        _json.WriteString("code", Rejections.Of(e.Reason).Code.Code);
        End("order_rejected");
    }

    /// <inheritdoc/>
    public void On(in BetReleased e)
    {
        if (BeginBetting("order_released", e.Market, default, e.Account, out _))
        {
            _json.WriteString("order_id", IdText.Of(e.Bet));
            _json.WriteString("account_id", IdText.Of(e.Account));
            _json.WriteString("market_id", IdText.Of(e.Market));
            End("order_released");
        }
    }

    /// <inheritdoc/>
    public void On(in BetMatched e)
    {
        if (!BeginBetting(
            "trade", e.Market, e.MakerRunner, e.MakerAccount, out var terms, e.TakerRunner, e.TakerAccount))
        {
            return;
        }

        _json.WriteString("trade_id", IdText.Of(e.Trade));
        _json.WriteString("instrument", IdText.SymbolOf(e.Market, e.MakerRunner));
        _json.WriteString("price", BettingTerms.Format(e.Odds));
        _json.WriteString("quantity", terms.Format(e.MakerStake));
        _json.WriteString("maker_side", EnumText.Of(e.MakerSide));
        if (_filter.Sees(e.MakerAccount))
        {
            WriteSide("maker", e.MakerBet, e.MakerAccount);
            _json.WriteString("maker_amount", terms.Format(e.MakerPart));
            _json.WriteString("maker_remaining_quantity", terms.Format(e.MakerRemaining));
        }

        _json.WriteString("taker_instrument", IdText.SymbolOf(e.Market, e.TakerRunner));
        _json.WriteString("taker_side", EnumText.Of(e.TakerSide));
        _json.WriteString("taker_quantity", terms.Format(e.TakerStake));
        if (_filter.Sees(e.TakerAccount))
        {
            WriteSide("taker", e.TakerBet, e.TakerAccount);
            _json.WriteString("taker_amount", terms.Format(e.TakerPart));
        }

        End("trade");
    }

    /// <inheritdoc/>
    public void On(in BetReduced e)
    {
        if (!BeginBetting("order_reduced", e.Market, default, e.Account, out var terms))
        {
            return;
        }

        _json.WriteString("order_id", IdText.Of(e.Bet));
        _json.WriteString("account_id", IdText.Of(e.Account));
        _json.WriteString("market_id", IdText.Of(e.Market));
        _json.WriteString("reduction", terms.Format(e.Reduction));
        _json.WriteString("remaining_quantity", terms.Format(e.Remaining));
        End("order_reduced");
    }

    /// <inheritdoc/>
    public void On(in BetCanceled e)
    {
        var isExpired = e.Reason is StatusReason.ImmediateOrCancel or StatusReason.FillOrKill;
        var type = isExpired ? "order_expired" : "order_canceled";
        if (!BeginBetting(type, e.Market, e.Runner, e.Account, out var terms))
        {
            return;
        }

        WriteBet(e.Bet, e.Account, e.Market, e.Runner, e.Side);
        _json.WriteString("price", BettingTerms.Format(e.Odds));
        _json.WriteString("remaining_quantity", terms.Format(e.Remaining));
        _json.WriteString("reason", EnumText.Of(e.Reason));
        End(type);
    }

    /// <inheritdoc/>
    public void On(in BetTradeVoided e)
    {
        if (!BeginBetting(
            "trade_voided", e.Market, default, e.MakerAccount, out var terms, default, e.TakerAccount))
        {
            return;
        }

        _json.WriteString("trade_id", IdText.Of(e.Trade));
        _json.WriteString("market_id", IdText.Of(e.Market));
        if (_filter.Sees(e.MakerAccount))
        {
            _json.WriteString("maker_account_id", IdText.Of(e.MakerAccount));
            _json.WriteString("maker_amount", terms.Format(e.MakerPart));
        }

        if (_filter.Sees(e.TakerAccount))
        {
            _json.WriteString("taker_account_id", IdText.Of(e.TakerAccount));
            _json.WriteString("taker_amount", terms.Format(e.TakerPart));
        }

        End("trade_voided");
    }

    /// <inheritdoc/>
    public void On(in BettingPaid e)
    {
        if (!BeginBetting("settled", e.Market, default, e.Account, out var terms))
        {
            return;
        }

        _json.WriteString("market_id", IdText.Of(e.Market));
        _json.WriteString("account_id", IdText.Of(e.Account));
        _json.WriteString("asset", terms.Currency.Symbol);
        _json.WriteString("staked", terms.Format(e.Staked));
        _json.WriteString("paid", terms.Format(e.Paid));
        _json.WriteString("commission", terms.Format(e.Commission));
        End("settled");
    }

    /// <inheritdoc/>
    public void On(in BettingBatchDone e)
    {
        if (BeginBetting("market_batch", e.Market, default, default, out _))
        {
            _json.WriteString("market_id", IdText.Of(e.Market));
            _json.WriteString("work", EnumText.Of(e.Work));
            _json.WriteNumber("count", e.Count);
            _json.WriteBoolean("last", e.IsLast);
            End("market_batch");
        }
    }

    private bool BeginBetting(
        string type, BettingMarketId market, RunnerId runner, AccountId account, out BettingTerms terms,
        RunnerId otherRunner = default, AccountId other = default)
    {
        terms = null!;
        if (!_filter.WantsBet(type, market, runner, otherRunner, account, other))
        {
            Pass();
            return false;
        }

        if (_catalog.FindBetting(market) is not { } known)
        {
            _lacksNames = true;
            return false;
        }

        terms = known;
        Begin(type, IdText.Of(market));
        return true;
    }

    private void WriteBet(OrderId bet, AccountId account, BettingMarketId market, RunnerId runner, BetSide side)
    {
        _json.WriteString("order_id", IdText.Of(bet));
        _json.WriteString("account_id", IdText.Of(account));
        _json.WriteString("instrument", IdText.SymbolOf(market, runner));
        _json.WriteString("side", EnumText.Of(side));
    }

    private void WriteRunner(BettingMarketId market, RunnerId runner)
    {
        _json.WriteString("market_id", IdText.Of(market));
        _json.WriteString("runner_id", IdText.Of(runner));
        _json.WriteString("instrument", IdText.SymbolOf(market, runner));
    }
}
