using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.MarketData;

/// <content>Events of accounts, markets and bets.</content>
internal sealed partial class EventRouter
{
    /// <inheritdoc/>
    public override void On(in BalanceChanged e) => Concerns(e.Account);

    /// <inheritdoc/>
    public override void On(in CancelAfterChanged e) => Concerns(e.Account);

    /// <inheritdoc/>
    public override void On(in AccountChanged e)
    {
        if (_others.GetValueOrDefault(new TopicKey(TopicKind.User, e.User.Value)) is { } user)
        {
            AddAccount(e.Account, user);
        }

        Concerns(e.Account);
    }

    /// <inheritdoc/>
    public override void On(in PredictionMarketChanged e) => Concerns(e.Market);

    /// <inheritdoc/>
    public override void On(in PredictionMarketDescribed e) => Concerns(e.Market);

    /// <inheritdoc/>
    public override void On(in OutcomePayoutSet e) => Concerns(e.Market);

    /// <inheritdoc/>
    public override void On(in PredictionMarketSettled e) => Concerns(e.Market);

    /// <inheritdoc/>
    public override void On(in SetSplit e) => Concerns(e.Account);

    /// <inheritdoc/>
    public override void On(in SetMerged e) => Concerns(e.Account);

    /// <inheritdoc/>
    public override void On(in PositionSettled e) => Concerns(e.Account);

    /// <inheritdoc/>
    public override void On(in BettingMarketChanged e)
    {
        Concerns(TopicKind.BettingMarket, e.Market.Value);
        Concerns(TopicKind.BettingActivity, e.Market.Value);
    }

    /// <inheritdoc/>
    public override void On(in RunnerChanged e) => Concerns(TopicKind.BettingMarket, e.Market.Value);

    /// <inheritdoc/>
    public override void On(in BettingBatchDone e) => Concerns(TopicKind.BettingMarket, e.Market.Value);

    /// <inheritdoc/>
    public override void On(in BetAccepted e) => Concerns(e.Account, e.Market);

    /// <inheritdoc/>
    public override void On(in BetRejected e) => Concerns(e.Account);

    /// <inheritdoc/>
    public override void On(in BetReleased e) => Concerns(e.Account, e.Market);

    /// <inheritdoc/>
    public override void On(in BetMatched e)
    {
        Concerns(e.MakerAccount, e.Market);
        Concerns(e.TakerAccount);
    }

    /// <inheritdoc/>
    public override void On(in BetReduced e) => Concerns(e.Account, e.Market);

    /// <inheritdoc/>
    public override void On(in BetCanceled e) => Concerns(e.Account, e.Market);

    /// <inheritdoc/>
    public override void On(in BetTradeVoided e)
    {
        Concerns(e.MakerAccount, e.Market);
        Concerns(e.TakerAccount);
    }

    /// <inheritdoc/>
    public override void On(in BettingPaid e) => Concerns(e.Account);

    private void Concerns(PredictionMarketId market) => Concerns(TopicKind.PredictionMarket, market.Value);

    private void Concerns(AccountId account, BettingMarketId market)
    {
        Concerns(account);
        Concerns(TopicKind.BettingActivity, market.Value);
    }
}
