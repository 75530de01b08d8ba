using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching;

/// <content>Reading instruments, books and trades. Everything returned is a copy that stays as it is.</content>
public sealed partial class Exchange
{
    /// <summary>All instruments in order of id.</summary>
    public IReadOnlyList<InstrumentView> Instruments
    {
        get
        {
            var views = new InstrumentView[_instruments.Count];
            for (var i = 0; i < views.Length; i++)
            {
                views[i] = ViewOf(_instruments[i]);
            }

            return views;
        }
    }

    /// <summary>An instrument by name; null when there is none.</summary>
    public InstrumentView? FindInstrument(string symbol) =>
        FindInstrument(new InstrumentId(_instrumentSymbols.Find(symbol)));

    /// <summary>An instrument by id; null when there is none.</summary>
    public InstrumentView? FindInstrument(InstrumentId id) =>
        InstrumentOrNull(id.Value) is { } instrument ? ViewOf(instrument) : null;

    /// <summary>A copy of a book; null when there is no such instrument.</summary>
    /// <param name="instrument">Which.</param>
    /// <param name="depth">Most levels per side.</param>
    /// <param name="withOrders">Also list the single orders.</param>
    public BookView? Book(InstrumentId instrument, int depth, bool withOrders) =>
        InstrumentOrNull(instrument.Value) is { } found
            ? new BookView(
                instrument, Levels(found, Side.Buy, depth), Levels(found, Side.Sell, depth),
                withOrders ? RestingOrders(found, Side.Buy, depth) : [],
                withOrders ? RestingOrders(found, Side.Sell, depth) : [])
            : null;

    /// <summary>How large every book is, in order of instrument id; a walk over all levels, none over orders. Where two
    /// outcomes share a book, it is the first one's.</summary>
    public IReadOnlyList<BookSizeView> BookSizes()
    {
        var views = new BookSizeView[_instruments.Count];
        for (var i = 0; i < views.Length; i++)
        {
            var instrument = _instruments[i];
            if (instrument.IsMirror)
            {
                views[i] = new BookSizeView(new InstrumentId(instrument.Id), instrument.Symbol, 0, 0, 0);
                continue;
            }

            views[i] = new BookSizeView(
                new InstrumentId(instrument.Id), instrument.Symbol,
                CountOrders(instrument.Book, Side.Buy) + CountOrders(instrument.Book, Side.Sell),
                instrument.Book.LevelCount(Side.Buy), instrument.Book.LevelCount(Side.Sell));
        }

        return views;
    }

    /// <summary>Trades of an instrument that are still kept, newest first.</summary>
    /// <param name="instrument">Which.</param>
    /// <param name="before">Only trades with a smaller id; 0 for the newest.</param>
    /// <param name="limit">Most trades.</param>
    public IReadOnlyList<TradeView> Trades(InstrumentId instrument, TradeId before, int limit)
    {
        var views = new List<TradeView>();
        if (InstrumentOrNull(instrument.Value) is not { } found)
        {
            return views;
        }

        var id = found.Canonical.LastTrade;
        if (_trades.Holds(before.Value) && _trades[before.Value].Instrument == found.Canonical.Id)
        {
            id = _trades[before.Value].PreviousOfInstrument; // A page's end leads straight to the next page.
        }

        for (; _trades.Holds(id) && views.Count < limit; id = _trades[id].PreviousOfInstrument)
        {
            if (before.Value == 0 || id < before.Value)
            {
                views.Add(ViewOf(id, in _trades[id], found));
            }
        }

        return views;
    }

    /// <summary>The last day of an instrument; null when there is no such instrument.</summary>
    public TickerView? Ticker(InstrumentId instrument)
    {
        if (InstrumentOrNull(instrument.Value) is not { } found)
        {
            return null;
        }

        var (open, high, low, volume) = (0L, 0L, long.MaxValue, 0L);
        var day = found.Canonical.Day;
        var firstMinute = (Now.Microseconds / DayOfMinutes.Minute) - DayOfMinutes.MinutesOfDay + 1;
        for (var i = 0; i < day.Count; i++)
        {
            ref readonly var bucket = ref day[i];
            if (bucket.Minute >= firstMinute)
            {
                open = open == 0 ? bucket.Open : open;
                (high, low) = (Math.Max(high, bucket.High), Math.Min(low, bucket.Low));
                volume = DayOfMinutes.AddSaturated(volume, bucket.Volume);
            }
        }

        var (top, bottom) = found.IsMirror ? (low, high) : (high, low);
        return new TickerView(
            instrument, BestLevel(found, Side.Buy), BestLevel(found, Side.Sell), PriceOrNull(found.LastPrice),
            PriceOrNull(found.BookPrice(open)), open == 0 ? null : new Price(found.BookPrice(top)),
            open == 0 ? null : new Price(found.BookPrice(bottom)), new Quantity(volume), Now);
    }

    /// <summary>Where the money is, per asset in order of id.</summary>
    public IReadOnlyList<ConservationView> Conservation()
    {
        var (balances, reserved) = (new long[_ledger.AssetCount], new long[_ledger.AssetCount]);
        for (var account = 1; account <= _ledger.AccountCount; account++)
        {
            for (var slot = _ledger.Details(account).FirstBalance; slot >= 0; slot = _ledger.Balance(slot).Next)
            {
                ref readonly var balance = ref _ledger.Balance(slot);
                checked
                {
                    balances[balance.Asset - 1] += balance.Available + balance.Reserved;
                    reserved[balance.Asset - 1] += balance.Reserved;
                }
            }
        }

        var markets = MarketMoney();
        var views = new ConservationView[balances.Length];
        for (var i = 0; i < views.Length; i++)
        {
            var asset = _ledger.Asset(i + 1);
            views[i] = new ConservationView(
                AssetView(i + 1), new Amount(asset.Deposits), new Amount(asset.Withdrawals), new Amount(balances[i]),
                new Amount(asset.Fees))
            {
                Reserved = new Amount(reserved[i]),
                Issued = new Amount(markets[i].Issued),
                Pools = new Amount(markets[i].Pools),
                Dust = new Amount(markets[i].Dust),
                Pots = new Amount(PotsOf(i + 1)),
            };
        }

        return views;
    }

    /// <summary>A request by its key; null when it is not or no longer known.</summary>
    public RequestView? FindRequest(UserId user, in RequestKey key)
    {
        if (key.IsEmpty || _requests.Find(user, key.Bytes) is not { } position)
        {
            return null;
        }

        ref readonly var entry = ref _requests[position];
        var result = new ByteBuffer();
        _requests.CopyResult(in entry, result);
        return new RequestView(key, entry.Index, new Timestamp(entry.At), result.Written.ToArray());
    }

    private static long CountOrders(OrderBook book, Side side)
    {
        var (orders, place) = (0L, OrderBook.FromBest);
        while (book.Next(side, ref place, out var level))
        {
            orders += level.Count;
        }

        return orders;
    }

    private static Price? PriceOrNull(long price) => price == 0 ? null : new Price(price);

    private static LevelView ViewOf(in PriceLevel level, Instrument instrument, Side side) => new(
        PriceOf(in level, instrument, side), new Quantity(level.Lots - level.Hidden), level.Count);

    /// <summary>A level's price in the terms of an instrument that stands in its book.</summary>
    private static Price PriceOf(in PriceLevel level, Instrument instrument, Side side) =>
        new(instrument.BookPrice(OrderBook.PriceOf(instrument.BookSide(side), level.Key)));

    private static LevelView? BestLevel(Instrument instrument, Side side)
    {
        var place = OrderBook.FromBest;
        return instrument.Book.Next(instrument.BookSide(side), ref place, out var best)
            ? ViewOf(in best, instrument, side)
            : null;
    }

    private static LevelView[] Levels(Instrument instrument, Side side, int depth)
    {
        var (book, bookSide) = (instrument.Book, instrument.BookSide(side));
        var views = new LevelView[Math.Min(Math.Max(0, depth), book.LevelCount(bookSide))];
        var place = OrderBook.FromBest;
        for (var rank = 0; rank < views.Length && book.Next(bookSide, ref place, out var level); rank++)
        {
            views[rank] = ViewOf(in level, instrument, side);
        }

        return views;
    }

    private List<RestingOrderView> RestingOrders(Instrument instrument, Side side, int depth)
    {
        var views = new List<RestingOrderView>();
        var place = OrderBook.FromBest;
        var bookSide = instrument.BookSide(side);
        for (var rank = 0; rank < depth && instrument.Book.Next(bookSide, ref place, out var level); rank++)
        {
            var price = PriceOf(in level, instrument, side);
            for (var slot = level.Oldest; slot >= 0; slot = _orders[slot].Next)
            {
                ref readonly var order = ref _orders[slot];
                views.Add(new RestingOrderView(
                    price, new Quantity(_orders.Shown(slot, in order)), new OrderId(order.Id)));
            }
        }

        return views;
    }

    private InstrumentView ViewOf(Instrument instrument) => new(
        new InstrumentId(instrument.Id), instrument.Symbol, AssetView(instrument.BaseAsset),
        AssetView(instrument.QuoteAsset), instrument.TickSize, instrument.LotSize, instrument.MakerFeeBps,
        instrument.TakerFeeBps, instrument.Status, PriceOrNull(instrument.LastPrice), instrument.Version)
    {
        Rules = instrument.Rules,
        PredictionMarket = new PredictionMarketId(instrument.Market?.Id ?? 0),
        Outcome = instrument.Outcome,
        PayoutTicks = instrument.Market?.PayoutTicks ?? 0,
        Canonical = new InstrumentId(instrument.Canonical.Id),
    };

    private static TradeView ViewOf(long id, in TradeRecord trade, Instrument instrument) => new(
        new TradeId(id), new InstrumentId(instrument.Id), new Price(instrument.BookPrice(trade.Price)),
        new Quantity(trade.Quantity), instrument.BookSide(trade.TakerSide), new OrderId(trade.MakerOrder),
        new OrderId(trade.TakerOrder), new Amount(trade.MakerFee), new Amount(trade.TakerFee), trade.Index,
        new Timestamp(trade.At));
}
