using ReplicatedBook.Matching.Events;

namespace ReplicatedBook.Matching.Encoding;

/// <content>Events of betting markets.</content>
public sealed partial class EventBuffer
{
    /// <inheritdoc/>
    public void On(in BettingMarketChanged e)
    {
        var packed = BeginOfBetting(e.Market.Value, EventKind.BettingMarketChanged, fields: 4);
        packed.Integer(e.Market.Value);
        packed.Integer((long)e.State);
        packed.Integer((long)e.Phase);
        packed.Integer(e.Version);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in RunnerChanged e)
    {
        var packed = BeginOfBetting(e.Market.Value, EventKind.RunnerChanged, fields: 3);
        packed.Integer(e.Market.Value);
        packed.Integer(e.Runner.Value);
        packed.Boolean(e.IsRemoved);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in BetAccepted e)
    {
        var packed = BeginOfBetting(e.Market.Value, EventKind.BetAccepted, fields: 11);
        packed.Integer(e.Bet.Value);
        packed.Integer(e.Account.Value);
        packed.TextOrNil(e.ClientOrderId.Bytes);
        packed.Integer(e.Market.Value);
        packed.Integer(e.Runner.Value);
        packed.Integer((long)e.Side);
        packed.Integer(e.Odds.Hundredths);
        packed.Integer(e.Stake.Units);
        packed.Integer((long)e.TimeInForce);
        packed.Integer((long)e.Persistence);
        packed.Integer(e.DueAt.Microseconds);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in BetRejected e)
    {
        var packed = Begin(EventKind.BetRejected, fields: 5);
        packed.Integer(e.Account.Value);
        packed.TextOrNil(e.ClientOrderId.Bytes);
        packed.Integer(e.Market.Value);
        packed.Integer(e.Runner.Value);
        packed.Integer((long)e.Reason);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in BetReleased e)
    {
        var packed = BeginOfBetting(e.Market.Value, EventKind.BetReleased, fields: 3);
        packed.Integer(e.Bet.Value);
        packed.Integer(e.Account.Value);
        packed.Integer(e.Market.Value);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in BetMatched e)
    {
        var packed = BeginOfBetting(e.Market.Value, EventKind.BetMatched, fields: 16);
        packed.Integer(e.Trade.Value);
        packed.Integer(e.Market.Value);
        packed.Integer(e.MakerBet.Value);
        packed.Integer(e.TakerBet.Value);
        packed.Integer(e.MakerAccount.Value);
        packed.Integer(e.TakerAccount.Value);
        packed.Integer(e.MakerRunner.Value);
        packed.Integer(e.TakerRunner.Value);
        packed.Integer((long)e.MakerSide);
        packed.Integer((long)e.TakerSide);
        packed.Integer(e.Odds.Hundredths);
        packed.Integer(e.MakerStake.Units);
        packed.Integer(e.TakerStake.Units);
        packed.Integer(e.MakerPart.Units);
        packed.Integer(e.TakerPart.Units);
        packed.Integer(e.MakerRemaining.Units);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in BetReduced e)
    {
        var packed = BeginOfBetting(e.Market.Value, EventKind.BetReduced, fields: 5);
        packed.Integer(e.Bet.Value);
        packed.Integer(e.Account.Value);
        packed.Integer(e.Market.Value);
        packed.Integer(e.Reduction.Units);
        packed.Integer(e.Remaining.Units);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in BetCanceled e)
    {
        var packed = BeginOfBetting(e.Market.Value, EventKind.BetCanceled, fields: 8);
        packed.Integer(e.Bet.Value);
        packed.Integer(e.Account.Value);
        packed.Integer(e.Market.Value);
        packed.Integer(e.Runner.Value);
        packed.Integer((long)e.Side);
        packed.Integer(e.Odds.Hundredths);
        packed.Integer(e.Remaining.Units);
        packed.Integer((long)e.Reason);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in BetTradeVoided e)
    {
        var packed = BeginOfBetting(e.Market.Value, EventKind.BetTradeVoided, fields: 6);
        packed.Integer(e.Trade.Value);
        packed.Integer(e.Market.Value);
        packed.Integer(e.MakerAccount.Value);
        packed.Integer(e.TakerAccount.Value);
        packed.Integer(e.MakerPart.Units);
        packed.Integer(e.TakerPart.Units);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in BettingPaid e)
    {
        var packed = BeginOfBetting(e.Market.Value, EventKind.BettingPaid, fields: 5);
        packed.Integer(e.Market.Value);
        packed.Integer(e.Account.Value);
        packed.Integer(e.Staked.Units);
        packed.Integer(e.Paid.Units);
        packed.Integer(e.Commission.Units);
        End(packed.Length);
    }

    /// <inheritdoc/>
    public void On(in BettingBatchDone e)
    {
        var packed = BeginOfBetting(e.Market.Value, EventKind.BettingBatchDone, fields: 4);
        packed.Integer(e.Market.Value);
        packed.Integer((long)e.Work);
        packed.Integer(e.Count);
        packed.Boolean(e.IsLast);
        End(packed.Length);
    }
}
