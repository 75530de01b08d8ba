using ReplicatedBook.Matching.Events;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <content>Bets, which stand in no book of levels.</content>
internal sealed partial class LevelsFromEvents
{
    public void On(in BettingMarketChanged e)
    {
    }

    public void On(in RunnerChanged e)
    {
    }

    public void On(in BetAccepted e)
    {
    }

    public void On(in BetRejected e)
    {
    }

    public void On(in BetReleased e)
    {
    }

    public void On(in BetMatched e)
    {
    }

    public void On(in BetReduced e)
    {
    }

    public void On(in BetCanceled e)
    {
    }

    public void On(in BetTradeVoided e)
    {
    }

    public void On(in BettingPaid e)
    {
    }

    public void On(in BettingBatchDone e)
    {
    }
}
