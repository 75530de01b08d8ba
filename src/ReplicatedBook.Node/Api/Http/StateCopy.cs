using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>What a dump needs of the state; only the part asked for is filled, beside names.</summary>
internal sealed class StateCopy
{
    public required IReadOnlyList<AssetView> Assets { get; init; }

    public required IReadOnlyList<InstrumentView> Instruments { get; init; }

    public required IReadOnlyList<BettingMarketView> BettingMarkets { get; init; }

    public List<BetView> Bets { get; } = [];

    public List<AccountView> Accounts { get; } = [];

    public List<(AccountId Account, IReadOnlyList<BalanceView> Balances)> Balances { get; } = [];

    public List<PredictionMarketView> Markets { get; } = [];

    public List<(AccountId Account, IReadOnlyList<PositionView> Positions)> Positions { get; } = [];

    public List<OrderView> Orders { get; } = [];

    public List<BookView> Books { get; } = [];

    public List<OrderSessionView> OrderSessions { get; } = [];

    /// <summary>Stop orders that wait, of the instrument of each book; in the order in which they trigger.</summary>
    public List<IReadOnlyList<OrderView>> Stops { get; } = [];
}
