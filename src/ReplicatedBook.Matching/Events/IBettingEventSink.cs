namespace ReplicatedBook.Matching.Events;

/// <summary>The part of <see cref="IEventSink"/> that tells of betting. A sink without an interest in it says so, event
/// by event, so that none is forgotten unnoticed.</summary>
public interface IBettingEventSink
{
    /// <summary>See <see cref="BettingMarketChanged"/>.</summary>
    void On(in BettingMarketChanged e);

    /// <summary>See <see cref="RunnerChanged"/>.</summary>
    void On(in RunnerChanged e);

    /// <summary>See <see cref="BetAccepted"/>.</summary>
    void On(in BetAccepted e);

    /// <summary>See <see cref="BetRejected"/>.</summary>
    void On(in BetRejected e);

    /// <summary>See <see cref="BetReleased"/>.</summary>
    void On(in BetReleased e);

    /// <summary>See <see cref="BetMatched"/>.</summary>
    void On(in BetMatched e);

    /// <summary>See <see cref="BetReduced"/>.</summary>
    void On(in BetReduced e);

    /// <summary>See <see cref="BetCanceled"/>.</summary>
    void On(in BetCanceled e);

    /// <summary>See <see cref="BetTradeVoided"/>.</summary>
    void On(in BetTradeVoided e);

    /// <summary>See <see cref="BettingPaid"/>.</summary>
    void On(in BettingPaid e);

    /// <summary>See <see cref="BettingBatchDone"/>.</summary>
    void On(in BettingBatchDone e);
}
