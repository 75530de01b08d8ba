using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Markets.Prediction;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching;

/// <content>Reading prediction markets, positions and portfolios. Everything returned is a copy that stays as it
/// is.</content>
public sealed partial class Exchange
{
    /// <summary>All prediction markets but deleted ones, in order of id.</summary>
    public IReadOnlyList<PredictionMarketView> PredictionMarkets
    {
        get
        {
            var views = new List<PredictionMarketView>();
            foreach (var market in _markets)
            {
                if (market.Status != PredictionMarketStatus.Deleted)
                {
                    views.Add(ViewOf(market));
                }
            }

            return views;
        }
    }

    /// <summary>A prediction market; null when there is none.</summary>
    public PredictionMarketView? FindPredictionMarket(PredictionMarketId id) =>
        MarketOrNull(id.Value) is { } market ? ViewOf(market) : null;

    /// <summary>A prediction market by its event's id; null when there is none.</summary>
    public PredictionMarketView? FindPredictionMarket(string eventId) =>
        FindPredictionMarket(new PredictionMarketId(_eventIds.Find(eventId)));

    /// <summary>The books of all outcomes of a market, each in its own terms, in order of outcome; null when there is
    /// no such market.</summary>
    /// <param name="id">Which.</param>
    /// <param name="depth">Most levels per side.</param>
    /// <param name="withOrders">Also list the single orders.</param>
    public IReadOnlyList<BookView>? MarketBook(PredictionMarketId id, int depth, bool withOrders)
    {
        if (MarketOrNull(id.Value) is not { } market)
        {
            return null;
        }

        var views = new BookView[market.Outcomes.Length];
        for (var i = 0; i < views.Length; i++)
        {
            views[i] = Book(new InstrumentId(market.FirstInstrument + i), depth, withOrders)!;
        }

        return views;
    }

    /// <summary>Every outcome that an account has, or had, shares of, in order of asset id; null when there is no such
    /// account.</summary>
    public IReadOnlyList<PositionView>? Positions(AccountId account)
    {
        if (!_ledger.HasAccount(account.Value))
        {
            return null;
        }

        var views = new List<PositionView>();
        for (var slot = _ledger.Details((int)account.Value).FirstBalance; slot >= 0; slot = _ledger.Balance(slot).Next)
        {
            if (_positions.Find(slot) is >= 0 and var position)
            {
                views.Add(ViewOf(account, in _positions[position]));
            }
        }

        return views;
    }

    /// <summary>All that an account has, its shares valued at their marks; null when there is no such
    /// account.</summary>
    public PortfolioView? Portfolio(AccountId account)
    {
        if (Balances(account) is not { } balances || Positions(account) is not { } positions)
        {
            return null;
        }

        var values = new Int128[_ledger.AssetCount + 1];
        var isShown = new bool[values.Length];
        foreach (var position in positions)
        {
            var collateral = _markets[position.Market.Value - 1].Collateral;
            isShown[collateral] = true;
            values[collateral] += position.Value.Units;
        }

        var cash = new long[values.Length];
        foreach (var balance in balances)
        {
            cash[balance.Asset.Value] = balance.Available.Units + balance.Reserved.Units;
            isShown[balance.Asset.Value] |= !_ledger.Asset(balance.Asset.Value).IsOutcome;
        }

        var totals = new List<PortfolioTotalView>();
        for (var asset = 1; asset < values.Length; asset++)
        {
            if (isShown[asset])
            {
                totals.Add(new PortfolioTotalView(new AssetId(asset), new Amount(cash[asset]), values[asset]));
            }
        }

        return new PortfolioView(account, balances, positions, totals);
    }

    private PredictionMarketView ViewOf(PredictionMarket market)
    {
        var outcomes = new OutcomeView[market.Outcomes.Length];
        for (var i = 0; i < outcomes.Length; i++)
        {
            ref readonly var outcome = ref market.Outcomes[i];
            var instrument = _instruments[market.FirstInstrument - 1 + i];
            outcomes[i] = new OutcomeView(
                outcome.Id, outcome.Title, new InstrumentId(instrument.Id), new AssetId(market.FirstAsset + i),
                new Quantity(outcome.Supply), PriceOrNull(instrument.LastPrice),
                BestLevel(instrument, Side.Buy)?.Price, BestLevel(instrument, Side.Sell)?.Price, outcome.Payout);
        }

        return new PredictionMarketView(
            new PredictionMarketId(market.Id), market.EventId, market.Title, market.Category, market.Description,
            AssetView(market.Collateral), market.TickSize, market.PayoutTicks, market.ShareScale, market.Status,
            outcomes)
        {
            ClosesAt = TimeOrNull(market.ClosesAt),
            CreatedAt = new Timestamp(market.CreatedAt),
            CreatedIndex = market.CreatedIndex,
            EndedAt = TimeOrNull(market.EndedAt),
            Version = market.Version,
            OpenInterest = new Quantity(market.OpenInterest),
            Pool = new Amount(market.Pool),
            Dust = new Amount(market.Dust),
            PayoutDenominator = market.PayoutDenominator,
            IsUnfinished = market.Stage != SettlingStage.None,
            OrdersCanceled = market.OrdersCanceled,
            AccountsPaid = market.AccountsPaid,
        };
    }

    private PositionView ViewOf(AccountId account, in Position position)
    {
        var market = _markets[position.Market - 1];
        var instrument = _instruments[market.FirstInstrument - 1 + position.Outcome];
        var mark = MarkOf(instrument);
        // Supplies are bounded by money that there is, so that no worth leaves 64 bits.
        var value = (long)((Int128)position.Quantity * market.TickUnits * mark / 2);
        return new PositionView(
            account, new PredictionMarketId(market.Id), position.Outcome, new InstrumentId(instrument.Id),
            new Quantity(position.Quantity), new Quantity(_ledger.Balance(position.Balance).Reserved),
            new Amount(position.Cost), position.Realized, mark, new Amount(value));
    }

    /// <summary>Twice the price that shares are valued at, in ticks.</summary>
    private static long MarkOf(Instrument instrument)
    {
        var bid = BestLevel(instrument, Side.Buy)?.Price.Ticks ?? 0;
        var ask = BestLevel(instrument, Side.Sell)?.Price.Ticks ?? 0;
        return bid != 0 && ask != 0 ? bid + ask : 2 * Math.Max(bid, ask);
    }

    /// <summary>By asset, what prediction markets have issued, locked and kept.</summary>
    private (long Issued, long Pools, long Dust)[] MarketMoney()
    {
        var money = new (long Issued, long Pools, long Dust)[_ledger.AssetCount];
        foreach (var market in _markets)
        {
            checked
            {
                money[market.Collateral - 1].Pools += market.Pool;
                money[market.Collateral - 1].Dust += market.Dust;
            }

            for (var i = 0; i < market.Outcomes.Length; i++)
            {
                money[market.FirstAsset - 1 + i].Issued = market.Outcomes[i].Supply;
            }
        }

        return money;
    }

    private static Timestamp? TimeOrNull(long microseconds) =>
        microseconds == 0 ? null : new Timestamp(microseconds);
}
