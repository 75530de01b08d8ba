using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching;

/// <content>Reading accounts and orders. Everything returned is a copy that stays as it is.</content>
public sealed partial class Exchange
{
    /// <summary>All assets in order of id.</summary>
    public IReadOnlyList<AssetView> Assets
    {
        get
        {
            var views = new AssetView[_ledger.AssetCount];
            for (var i = 0; i < views.Length; i++)
            {
                views[i] = AssetView(i + 1);
            }

            return views;
        }
    }

    /// <summary>How many accounts there are; their ids are 1 to this number.</summary>
    public long AccountCount => _ledger.AccountCount;

    /// <summary>An asset by name; null when there is none.</summary>
    public AssetView? FindAsset(string symbol) => _assetSymbols.Find(symbol) is not 0 and var id ? AssetView(id) : null;

    /// <summary>An account; null when there is none.</summary>
    public AccountView? FindAccount(AccountId id)
    {
        if (!_ledger.HasAccount(id.Value))
        {
            return null;
        }

        var user = new UserId(_ledger.Account((int)id.Value).User);
        ref readonly var details = ref _ledger.Details((int)id.Value);
        return new AccountView(id, user, details.Label, details.CreatedIndex, new Timestamp(details.CreatedAt))
        {
            CancelAfterAt = details.CancelAt == 0 ? null : new Timestamp(details.CancelAt),
        };
    }

    /// <summary>Every balance the account ever had, in order of asset id; null when there is no such account.</summary>
    /// <remarks>An account has a balance of what was credited to it and of both assets of every order it
    /// placed.</remarks>
    public IReadOnlyList<BalanceView>? Balances(AccountId account)
    {
        if (!_ledger.HasAccount(account.Value))
        {
            return null;
        }

        var views = new List<BalanceView>();
        for (var slot = _ledger.Details((int)account.Value).FirstBalance; slot >= 0; slot = _ledger.Balance(slot).Next)
        {
            ref readonly var balance = ref _ledger.Balance(slot);
            views.Add(new BalanceView(
                new AssetId(balance.Asset), new Amount(balance.Available), new Amount(balance.Reserved)));
        }

        return views;
    }

    /// <summary>An open or kept closed order; null when there is none.</summary>
    public OrderView? FindOrder(OrderId id)
    {
        var slot = Locate(id.Value, out var isOpen);
        return slot >= 0 ? ViewOf(slot, isOpen) : null;
    }

    /// <summary>An order by its client order id; null when there is none or it is no longer kept.</summary>
    public OrderView? FindOrder(AccountId account, in ClientOrderId clientOrderId) =>
        _ledger.HasAccount(account.Value) && !clientOrderId.IsEmpty
            ? FindOrder(new OrderId(FindByClientOrderId((int)account.Value, clientOrderId.Bytes)))
            : null;

    /// <summary>The order's trades that are still kept, oldest first.</summary>
    public IReadOnlyList<FillView> Fills(OrderId order)
    {
        var slot = Locate(order.Value, out var isOpen);
        var fills = new List<FillView>();
        if (slot < 0)
        {
            return fills;
        }

        ref readonly var found = ref OrderAt(slot, isOpen);
        var last = found.LastTrade;
        for (var id = last; _trades.Holds(id); id = _trades[id].PreviousOf(order.Value))
        {
            ref readonly var trade = ref _trades[id];
            var isTaker = trade.TakerOrder == order.Value;
            fills.Add(new FillView(
                new TradeId(id), new Price(OwnPrice(in found, trade.Price)), new Quantity(trade.Quantity), isTaker,
                new Amount(isTaker ? trade.TakerFee : trade.MakerFee), new OrderId(trade.MakerOrder)));
        }

        fills.Reverse();
        return fills;
    }

    /// <summary>All open orders of an instrument: bids then asks, each in priority order, then the stop orders to buy
    /// and to sell, each in the order in which they trigger.</summary>
    public IReadOnlyList<OrderView> OpenOrders(InstrumentId instrument)
    {
        var views = new List<OrderView>();
        var found = InstrumentOrNull(instrument.Value);
        foreach (var book in new[] { found?.Book, found?.Stops })
        {
            if (book is not null)
            {
                AddOpenOrders(book, found!.BookSide(Side.Buy), instrument, views);
                AddOpenOrders(book, found.BookSide(Side.Sell), instrument, views);
            }
        }

        return views;
    }

    /// <summary>All open orders of an account, in order of id; empty when there is no such account.</summary>
    public IReadOnlyList<OrderView> OpenOrders(AccountId account)
    {
        var views = new List<OrderView>();
        var slot = _ledger.HasAccount(account.Value) ? _ledger.Account((int)account.Value).Open.First : -1;
        for (; slot >= 0; slot = _orders[slot].NextOfAccount)
        {
            views.Add(ViewOf(slot, isOpen: true));
        }

        return views;
    }

    /// <summary>Adds those of a side that are the instrument's own: two outcomes share a book.</summary>
    private void AddOpenOrders(OrderBook book, Side side, InstrumentId instrument, List<OrderView> views)
    {
        var place = OrderBook.FromBest;
        while (book.Next(side, ref place, out var level))
        {
            for (var slot = level.Oldest; slot >= 0; slot = _orders[slot].Next)
            {
                if (_orders[slot].Instrument == instrument.Value)
                {
                    views.Add(ViewOf(slot, isOpen: true));
                }
            }
        }
    }

    private OrderView ViewOf(int slot, bool isOpen)
    {
        ref readonly var order = ref OrderAt(slot, isOpen);
        var view = new OrderView(
            new OrderId(order.Id), order.HasReference ? ReferenceOf(slot, isOpen).Id : default,
            new AccountId(order.Account), new InstrumentId(order.Instrument), order.Side, order.Type,
            new Price(order.Price), new Quantity(order.Quantity), new Quantity(order.Filled),
            new Quantity(isOpen ? order.Remaining : 0), order.FilledValue, order.TimeInForce, order.IsPostOnly,
            order.SelfTradePrevention, order.Status, order.Reason, new Amount(order.Reserved), order.CreatedIndex,
            order.UpdatedIndex, new Timestamp(order.CreatedAt), new Timestamp(order.UpdatedAt));
        if (!order.HasOptions)
        {
            return view;
        }

        ref readonly var options = ref OptionsOf(slot, isOpen);
        return view with
        {
            ExpiresAt = new Timestamp(options.ExpiresAt),
            DisplayQuantity = new Quantity(options.Display),
            StopPrice = new Price(options.StopPrice),
            QuoteQuantity = new Amount(options.QuoteUnits),
            Hidden = new Quantity(options.Hidden),
        };
    }

    private AssetView AssetView(int id)
    {
        var asset = _ledger.Asset(id);
        return new AssetView(new AssetId(id), asset.Symbol, asset.Scale);
    }
}
