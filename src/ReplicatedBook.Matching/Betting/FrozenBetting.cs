using ReplicatedBook.Matching.Pages;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Betting;

/// <summary>An image of all betting markets.</summary>
internal sealed class FrozenBetting
{
    public required List<BettingMarket> Markets { get; init; }

    public required FrozenArray<Bet> Bets { get; init; }

    public required FrozenArray<ClientOrderId> Names { get; init; }

    public required FrozenRing<Bet> Closed { get; init; }

    public required FrozenArray<ClientOrderId> ClosedNames { get; init; }

    public required FrozenRing<BetTrade> Trades { get; init; }

    public required FrozenArray<Position> Positions { get; init; }

    public required FrozenArray<RunnerPosition> RunnerPositions { get; init; }

    public required BettingJob[] Jobs { get; init; }

    /// <summary>Bet that the first job is at; 0 for none.</summary>
    public required long JobBet { get; init; }

    /// <summary>Says that it is no longer read.</summary>
    public void End()
    {
        Bets.End();
        Names.End();
        Closed.End();
        ClosedNames.End();
        Trades.End();
        Positions.End();
        RunnerPositions.End();
    }
}
