using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching;

/// <content>Reading. Everything returned is a copy that stays as it is.</content>
public sealed partial class Exchange
{
    /// <summary>All assets in order of id.</summary>
    public IReadOnlyList<AssetView> Assets => throw new NotImplementedException();

    /// <summary>An asset by name; null when there is none.</summary>
    public AssetView? FindAsset(string symbol) => throw new NotImplementedException();

    /// <summary>All instruments in order of id.</summary>
    public IReadOnlyList<InstrumentView> Instruments => throw new NotImplementedException();

    /// <summary>An instrument by name; null when there is none.</summary>
    public InstrumentView? FindInstrument(string symbol) => throw new NotImplementedException();

    /// <summary>An instrument by id; null when there is none.</summary>
    public InstrumentView? FindInstrument(InstrumentId id) => throw new NotImplementedException();

    /// <summary>How many accounts there are; their ids are 1 to this number.</summary>
    public long AccountCount => throw new NotImplementedException();

    /// <summary>An account; null when there is none.</summary>
    public AccountView? FindAccount(AccountId id) => throw new NotImplementedException();

    /// <summary>Every balance the account ever had, in order of asset id; null when there is no such account.</summary>
    public IReadOnlyList<BalanceView>? Balances(AccountId account) => throw new NotImplementedException();

    /// <summary>An open or kept closed order; null when there is none.</summary>
    public OrderView? FindOrder(OrderId id) => throw new NotImplementedException();

    /// <summary>An order by its client order id; null when there is none or it is no longer kept.</summary>
    public OrderView? FindOrder(AccountId account, in ClientOrderId clientOrderId) => throw new NotImplementedException();

    /// <summary>The order's trades that are still kept, oldest first.</summary>
    public IReadOnlyList<FillView> Fills(OrderId order) => throw new NotImplementedException();

    /// <summary>All open orders of an instrument: bids then asks, each in priority order.</summary>
    public IReadOnlyList<OrderView> OpenOrders(InstrumentId instrument) => throw new NotImplementedException();

    /// <summary>A copy of a book; null when there is no such instrument.</summary>
    /// <param name="instrument">Which.</param>
    /// <param name="depth">Most levels per side.</param>
    /// <param name="withOrders">Also list the single orders.</param>
    public BookView? Book(InstrumentId instrument, int depth, bool withOrders) => throw new NotImplementedException();

    /// <summary>Trades of an instrument that are still kept, newest first.</summary>
    /// <param name="instrument">Which.</param>
    /// <param name="before">Only trades with a smaller id; 0 for the newest.</param>
    /// <param name="limit">Most trades.</param>
    public IReadOnlyList<TradeView> Trades(InstrumentId instrument, TradeId before, int limit) =>
        throw new NotImplementedException();

    /// <summary>The last day of an instrument; null when there is no such instrument.</summary>
    public TickerView? Ticker(InstrumentId instrument) => throw new NotImplementedException();

    /// <summary>Where the money is, per asset in order of id.</summary>
    public IReadOnlyList<ConservationView> Conservation() => throw new NotImplementedException();

    /// <summary>A request by its key; null when it is not or no longer known.</summary>
    public RequestView? FindRequest(UserId user, in RequestKey key) => throw new NotImplementedException();
}
