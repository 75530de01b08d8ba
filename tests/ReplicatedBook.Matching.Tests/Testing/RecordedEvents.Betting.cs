using ReplicatedBook.Matching.Events;

namespace ReplicatedBook.Matching.Tests.Testing;

internal sealed partial class RecordedEvents
{
    public void On(in BettingMarketChanged e) => All.Add(e);

    public void On(in RunnerAdded e) => All.Add(e);

    public void On(in BetAccepted e) => All.Add(e);

    public void On(in BetRejected e) => All.Add(e);

    public void On(in BetReleased e) => All.Add(e);

    public void On(in BetMatched e) => All.Add(e);

    public void On(in BetReduced e) => All.Add(e);

    public void On(in BetCanceled e) => All.Add(e);

    public void On(in BetTradeVoided e) => All.Add(e);

    public void On(in BettingPaid e) => All.Add(e);

    public void On(in BettingBatchDone e) => All.Add(e);
}
