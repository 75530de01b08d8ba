using ReplicatedBook.Matching.Accounts;
using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Clients;
using ReplicatedBook.Matching.Identity;
using ReplicatedBook.Matching.Markets.Prediction;
using ReplicatedBook.Matching.Pages;
using ReplicatedBook.Matching.Sessions;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <summary>An image of an exchange: its whole state at one moment. It belongs to the owner of the exchange.</summary>
internal sealed class FrozenExchange
{
    public required long AppliedIndex { get; init; }

    public required Timestamp Now { get; init; }

    public required long LastOrder { get; init; }

    public required long LastLedger { get; init; }

    public required int FeatureLevel { get; init; }

    public required ExchangeLimits Limits { get; init; }

    public required FrozenLedger Ledger { get; init; }

    public required FrozenMarkets Markets { get; init; }

    public required List<FrozenInstrument> Instruments { get; init; }

    public required FrozenOrders OpenOrders { get; init; }

    public required FrozenOrders ClosedOrders { get; init; }

    public required int OldestClosed { get; init; }

    public required int ClosedCount { get; init; }

    public required FrozenQueue<TradeRecord> Trades { get; init; }

    public required FrozenRequests Requests { get; init; }

    /// <summary>Null below the level that brings betting markets.</summary>
    public required FrozenBetting? Betting { get; init; }

    /// <summary>Null below the level that brings users.</summary>
    public required FrozenIdentity? Identity { get; init; }

    /// <summary>Null below the level that brings sessions of orders. Refers to the orders and bets of this
    /// image.</summary>
    public FrozenOrderSessions? OrderSessions { get; set; }

    /// <summary>Says that it is no longer read.</summary>
    public void End()
    {
        OpenOrders.End();
        ClosedOrders.End();
        Betting?.End();
        Identity?.End();
        OrderSessions?.End();
    }
}
