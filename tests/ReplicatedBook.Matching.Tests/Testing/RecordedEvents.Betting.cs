using ReplicatedBook.Matching.Events;

namespace ReplicatedBook.Matching.Tests.Testing;

internal sealed partial class RecordedEvents
{
    public void On(in BettingMarketChanged e) => Add(e);

    public void On(in RunnerChanged e) => Add(e);

    public void On(in BetAccepted e) => Add(e);

    public void On(in BetRejected e) => Add(e);

    public void On(in BetReleased e) => Add(e);

    public void On(in BetMatched e) => Add(e);

    public void On(in BetReduced e) => Add(e);

    public void On(in BetCanceled e) => Add(e);

    public void On(in BetTradeVoided e) => Add(e);

    public void On(in BettingPaid e) => Add(e);

    public void On(in BettingBatchDone e) => Add(e);
}
