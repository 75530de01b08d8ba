using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching;

/// <content>Reading betting markets. Everything returned is a copy that stays as it is.</content>
public sealed partial class Exchange
{
    /// <summary>All betting markets in order of id.</summary>
    public IReadOnlyList<BettingMarketView> BettingMarkets => _bettingMarkets.ConvertAll(ViewOf);

    /// <summary>A betting market; null when there is none.</summary>
    public BettingMarketView? FindBettingMarket(BettingMarketId id) =>
        BettingMarketOrNull(id.Value) is { } market ? ViewOf(market) : null;

    /// <summary>A betting market by name; null when there is none.</summary>
    public BettingMarketView? FindBettingMarket(string name) =>
        FindBettingMarket(new BettingMarketId(_bettingNames.Find(name)));

    /// <summary>What rests in a betting market; null when there is none.</summary>
    /// <param name="id">Which.</param>
    /// <param name="depth">Most levels of each side of each runner.</param>
    public BettingBookView? BettingBook(BettingMarketId id, int depth)
    {
        if (BettingMarketOrNull(id.Value) is not { } market)
        {
            return null;
        }

        var books = new RunnerBookView[market.Runners.Count];
        for (var runner = 0; runner < books.Length; runner++)
        {
            books[runner] = new RunnerBookView(
                market.Runners[runner].Id, Levels(market, runner, BetSide.Back, depth),
                Levels(market, runner, BetSide.Lay, depth));
        }

        return new BettingBookView(id, market.State, market.Phase, market.Version, books, AppliedIndex);
    }

    /// <summary>An open or kept closed bet; null when there is none.</summary>
    public BetView? FindBet(OrderId id)
    {
        var slot = LocateBet(id.Value, out var isOpen);
        return slot >= 0 ? BetViewOf(slot, isOpen) : null;
    }

    /// <summary>A bet by its client order id; null when there is none or it is no longer kept.</summary>
    public BetView? FindBet(AccountId account, in ClientOrderId clientOrderId) =>
        _ledger.HasAccount(account.Value) && !clientOrderId.IsEmpty
            ? FindBet(new OrderId(FindBetByName((int)account.Value, clientOrderId.Bytes)))
            : null;

    /// <summary>The bet's trades that are still kept, oldest first.</summary>
    public IReadOnlyList<BetFillView> BetFills(OrderId bet)
    {
        var slot = LocateBet(bet.Value, out var isOpen);
        var fills = new List<BetFillView>();
        var last = slot >= 0 ? BetAt(slot, isOpen).LastTrade : 0;
        for (var id = last; _betTrades.Holds(id); id = _betTrades[id].PreviousOf(bet.Value))
        {
            ref readonly var trade = ref _betTrades[id];
            var isTaker = trade.TakerBet == bet.Value;
            fills.Add(new BetFillView(
                new TradeId(id), new Amount(isTaker ? trade.TakerStake : trade.Stake),
                new Amount(isTaker ? trade.TakerLiability : trade.Liability), new Odds(trade.Odds), isTaker,
                trade.IsImplied, trade.IsVoided, new OrderId(trade.MakerBet)));
        }

        fills.Reverse();
        return fills;
    }

    /// <summary>All open bets of a market, in order of id; empty when there is no such market.</summary>
    public IReadOnlyList<BetView> OpenBets(BettingMarketId market)
    {
        var views = new List<BetView>();
        var slot = BettingMarketOrNull(market.Value)?.Open.First ?? -1;
        for (; slot >= 0; slot = _bets[slot].NextOfMarket)
        {
            views.Add(BetViewOf(slot, isOpen: true));
        }

        return views;
    }

    /// <summary>All open bets of an account, in order of id; empty when there is no such account.</summary>
    public IReadOnlyList<BetView> OpenBets(AccountId account)
    {
        var views = new List<BetView>();
        var slot = account.Value >= 1 && account.Value < _bettors.Length ? _bettors[account.Value].Open.First : -1;
        for (; slot >= 0; slot = _bets[slot].NextOfAccount)
        {
            views.Add(BetViewOf(slot, isOpen: true));
        }

        return views;
    }

    /// <summary>Kept closed bets, the last closed first.</summary>
    /// <param name="market">Of which market; 0 for any.</param>
    /// <param name="account">Of which account; 0 for any.</param>
    /// <param name="limit">Most of them.</param>
    public IReadOnlyList<BetView> ClosedBets(BettingMarketId market, AccountId account, int limit)
    {
        var views = new List<BetView>();
        for (var number = _closedBets.Next - 1; number >= _closedBets.First && views.Count < limit; number--)
        {
            ref readonly var bet = ref _closedBets[number];
            if ((market.Value == 0 || bet.Market == market.Value)
                && (account.Value == 0 || bet.Account == account.Value))
            {
                views.Add(BetViewOf(_closedBets.SlotOf(number), isOpen: false));
            }
        }

        return views;
    }

    /// <summary>Kept trades of a betting market, the newest first; empty when there is no such market.</summary>
    /// <param name="id">Which market.</param>
    /// <param name="before">Only trades with smaller ids; 0 for all.</param>
    /// <param name="limit">Most of them.</param>
    public IReadOnlyList<BetTradeView> BetTrades(BettingMarketId id, TradeId before, int limit)
    {
        var views = new List<BetTradeView>();
        var market = BettingMarketOrNull(id.Value);
        for (var trade = market?.LastTrade ?? 0;
            _betTrades.Holds(trade) && views.Count < limit;
            trade = _betTrades[trade].PreviousOfMarket)
        {
            if (before.Value == 0 || trade < before.Value)
            {
                views.Add(ViewOf(trade, market!));
            }
        }

        return views;
    }

    /// <summary>A trade of bets; null when there is none or it is no longer kept.</summary>
    public BetTradeView? FindBetTrade(TradeId id) =>
        _betTrades.Holds(id.Value) ? ViewOf(id.Value, _bettingMarkets[_betTrades[id.Value].Market - 1]) : null;

    /// <summary>What an account stands to win or lose, for every runner of every market that it has bet in and that is
    /// not paid out to it, in order of market, then of the runners' coming.</summary>
    public IReadOnlyList<ExposureView> Exposure(AccountId account)
    {
        var views = new List<ExposureView>();
        foreach (var market in _bettingMarkets)
        {
            AddExposure(account, market, views);
        }

        return views;
    }

    /// <summary>The same in one market; empty when there is none.</summary>
    public IReadOnlyList<ExposureView> Exposure(AccountId account, BettingMarketId market)
    {
        var views = new List<ExposureView>();
        if (BettingMarketOrNull(market.Value) is { } found)
        {
            AddExposure(account, found, views);
        }

        return views;
    }

    /// <summary>What pots of trades of bets hold of an asset.</summary>
    private long PotsOf(int asset)
    {
        var sum = 0L;
        foreach (var market in _bettingMarkets)
        {
            sum += market.Given.Currency.Value == asset ? market.Pot : 0;
        }

        return sum;
    }

    private void AddExposure(AccountId account, BettingMarket market, List<ExposureView> views)
    {
        var position = _ledger.HasAccount(account.Value)
            ? _positionIndex.Find(PositionKey((int)account.Value, market.Id))
            : -1;
        if (position < 0)
        {
            return;
        }

        for (var runner = 0; runner < market.Runners.Count; runner++)
        {
            var held = FindRunnerPosition(position, runner);
            var on = held >= 0 ? _runnerPositions[held] : default;
            var (ifWin, ifLose) = market.IsRemoved(runner) ? (0, 0)
                : (ResultIf(market, position, runner),
                    market.IsTwoRunner ? ResultIf(market, position, 1 - runner) : on.Against - on.Paid);
            views.Add(new ExposureView(
                account, new BettingMarketId(market.Id), market.Runners[runner].Id, new Amount(ifWin),
                new Amount(ifLose), new Amount(on.Open)));
        }
    }

    /// <summary>Result of a position if one runner alone wins; what is on removed ones comes back.</summary>
    private long ResultIf(BettingMarket market, int position, int winner)
    {
        var result = 0L;
        for (var slot = _betPositions[position].FirstRunner; slot >= 0; slot = _runnerPositions[slot].Next)
        {
            ref readonly var on = ref _runnerPositions[slot];
            result += market.IsRemoved(on.Runner) ? 0
                : (on.Runner == winner ? on.For : on.Against) - on.Paid;
        }

        return result;
    }

    private BettingMarketView ViewOf(BettingMarket market)
    {
        ref readonly var given = ref market.Given;
        return new BettingMarketView(
            new BettingMarketId(market.Id), given.Name, given.BookType, given.IsInPlayCapable,
            AssetView(given.Currency.Value), new Amount(market.StakeStep), given.CommissionBps, given.BetDelay,
            given.MaxBetLiability, given.MaxAccountLiability, market.State, market.Phase, market.Version,
            RunnersOf(market), new Amount(market.Matched),
            new Amount(market.Pot), new Amount(market.Dust), market.Open.Count, market.Jobs > 0, market.CreatedIndex,
            new Timestamp(market.CreatedAt));
    }

    private static RunnerView[] RunnersOf(BettingMarket market)
    {
        var views = new RunnerView[market.Runners.Count];
        for (var place = 0; place < views.Length; place++)
        {
            var (id, name) = market.Runners[place];
            views[place] = new RunnerView(id, name, market.IsRemoved(place));
        }

        return views;
    }

    private BetView BetViewOf(int slot, bool isOpen)
    {
        ref readonly var bet = ref BetAt(slot, isOpen);
        return new BetView(
            new OrderId(bet.Id), bet.HasName ? BetNameOf(slot, isOpen) : default, new AccountId(bet.Account),
            new BettingMarketId(bet.Market), new RunnerId(RunnerOf(in bet)), bet.Side, new Odds(bet.Odds),
            new Amount(bet.Stake), new Amount(bet.Matched), new Amount(bet.MatchedLiability),
            new Amount(bet.Voided), new Amount(isOpen ? bet.Remaining : 0), bet.TimeInForce, bet.Persistence,
            bet.SelfTradePrevention, new Amount(bet.MinFill), bet.Status, bet.Reason,
            new Amount(isOpen ? bet.Risk : 0), new Timestamp(bet.DueAt), bet.CreatedIndex, bet.UpdatedIndex,
            new Timestamp(bet.CreatedAt), new Timestamp(bet.UpdatedAt));
    }

    private BetTradeView ViewOf(long id, BettingMarket market)
    {
        ref readonly var trade = ref _betTrades[id];
        return new BetTradeView(
            new TradeId(id), new BettingMarketId(market.Id), market.Runners[trade.MakerRunner].Id,
            market.Runners[trade.TakerRunner].Id, trade.MakerSide, trade.TakerSide, new Odds(trade.Odds),
            new Amount(trade.Stake), new Amount(trade.TakerStake), new Amount(trade.MakerPart),
            new Amount(trade.TakerPart), new OrderId(trade.MakerBet), new OrderId(trade.TakerBet), trade.IsVoided,
            trade.Index, new Timestamp(trade.At));
    }

    private List<BetLevelView> Levels(BettingMarket market, int runner, BetSide side, int depth)
    {
        var views = new List<BetLevelView>();
        if (market.BookOrNull(runner) is not { } book)
        {
            return views;
        }

        ref var levels = ref book.Levels(market.SideOf(runner, side));
        var place = OrderBook.FromBest;
        for (var level = levels.Next(ref place); level >= 0 && views.Count < depth; level = levels.Next(ref place))
        {
            var (odds, stake, count) = (0, 0L, 0);
            for (var slot = levels[level].Oldest; slot >= 0; slot = _bets[slot].Next)
            {
                ref readonly var bet = ref _bets[slot];
                if (bet.Runner == runner)
                {
                    (odds, stake, count) = (bet.Odds, stake + bet.Remaining, count + 1);
                }
            }

            if (count > 0)
            {
                views.Add(new BetLevelView(new Odds(odds), new Amount(stake), count));
            }
        }

        return views;
    }
}
