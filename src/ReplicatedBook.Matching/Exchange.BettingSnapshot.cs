using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Betting markets in snapshots.</content>
public sealed partial class Exchange
{
    private FrozenBetting FreezeBetting() => new()
    {
        Markets = _bettingMarkets.ConvertAll(market => market.Copy()),
        Bets = _bets.Freeze(),
        Names = _betNames.Freeze(),
        Closed = _closedBets.Freeze(),
        ClosedNames = _closedBetNames.Freeze(),
        Trades = _betTrades.Freeze(),
        Positions = _betPositions.Freeze(),
        RunnerPositions = _runnerPositions.Freeze(),
        Jobs = [.. _jobs],
        JobBet = _jobBet < 0 ? 0 : _bets[_jobBet].Id,
    };

    private void ReadBetting(ref FieldReader fields)
    {
        ReadBetTrades(ref fields);
        var count = fields.Array();
        fields.Expect(count <= _limits.MaxInstruments, "the number of betting markets");
        for (; count > 0; count--)
        {
            var given = BettingSnapshotLayout.ReadGiven(ref fields, out var index, out var at);
            fields.Expect(Check(in given) == RejectReason.None, "a betting market");
            var market = AddBettingMarket(in given, index, at);
            BettingSnapshotLayout.ReadCourse(ref fields, market);
            ReadPositions(ref fields, market);
            ReadOpenBets(ref fields, market);
        }

        ListByBetId();
        ReadClosedBets(ref fields);
        ReadJobs(ref fields);
        NoteBettingDue();
    }

    private void ReadBetTrades(ref FieldReader fields)
    {
        var last = fields.Integer(0, long.MaxValue - 1);
        var count = fields.Array();
        fields.Expect(count <= _limits.MaxTrades && count <= last, "the number of trades of bets");
        _betTrades.StartBehind(last - count);
        for (; count > 0; count--)
        {
            BettingSnapshotLayout.ReadTrade(ref fields, out var trade);
            _betTrades.Add(out var id) = trade;
            fields.Expect(
                trade.PreviousOfMaker < id && trade.PreviousOfTaker < id && trade.PreviousOfMarket < id
                    && _ledger.HasAccount(trade.MakerAccount) && _ledger.HasAccount(trade.TakerAccount),
                "a trade of bets");
        }
    }

    private void ReadPositions(ref FieldReader fields, BettingMarket market)
    {
        for (var count = fields.Array(); count > 0; count--)
        {
            BettingSnapshotLayout.ReadPosition(ref fields, out var account, out var runners);
            fields.Expect(
                _ledger.HasAccount(account) && FindPosition(account, market.Id) < 0
                    && _ledger.FindBalance(account, market.Given.Currency.Value) >= 0,
                "a position");
            var position = EnsurePosition(account, market);
            for (; runners > 0; runners--)
            {
                BettingSnapshotLayout.ReadHeld(ref fields, market.Runners.Count, out var held);
                fields.Expect(FindRunnerPosition(position, held.Runner) < 0, "the runner of a position");
                ref var added = ref _runnerPositions.Edit(EnsureRunnerPosition(position, held.Runner));
                (added.For, added.Against, added.Paid) = (held.For, held.Against, held.Paid);
            }
        }

        fields.Expect(market.Pot <= market.Matched, "the pot of a market");
        fields.Expect(
            market.State switch
            {
                BettingMarketState.Settled => SumDue(market) <= market.Pot,
                BettingMarketState.Voided => SumPaid(market) == market.Pot,
                _ => SumPaid(market) == market.Pot && market.Matched == market.Pot && ArePotsClaimed(market),
            },
            "the pots of a market");
    }

    private Int128 SumPaid(BettingMarket market)
    {
        var sum = (Int128)0;
        for (var slot = market.Positions.First; slot >= 0; slot = _betPositions[slot].Next)
        {
            for (var held = _betPositions[slot].FirstRunner; held >= 0; held = _runnerPositions[held].Next)
            {
                sum += _runnerPositions[held].Paid;
            }
        }

        return sum;
    }

    private Int128 SumDue(BettingMarket market)
    {
        var sum = (Int128)0;
        for (var slot = market.Positions.First; slot >= 0; slot = _betPositions[slot].Next)
        {
            var due = (Int128)0;
            for (var held = _betPositions[slot].FirstRunner; held >= 0; held = _runnerPositions[held].Next)
            {
                due += DueOn(market, in _runnerPositions[held]);
            }

            sum += due / market.Denominator;
        }

        return sum;
    }

    /// <summary>Whether every pot is claimed by one who gets it if a runner wins and by one who gets it if
    /// not.</summary>
    private bool ArePotsClaimed(BettingMarket market)
    {
        var (wins, losses) = (new Int128[market.Runners.Count], new Int128[market.Runners.Count]);
        for (var slot = market.Positions.First; slot >= 0; slot = _betPositions[slot].Next)
        {
            for (var held = _betPositions[slot].FirstRunner; held >= 0; held = _runnerPositions[held].Next)
            {
                ref readonly var on = ref _runnerPositions[held];
                wins[on.Runner] += on.For;
                losses[on.Runner] += on.Against;
            }
        }

        if (market.IsTwoRunner)
        {
            return wins[0] + losses[1] == market.Pot && wins[1] + losses[0] == market.Pot;
        }

        var sum = (Int128)0;
        foreach (var win in wins)
        {
            sum += win;
        }

        return sum == market.Pot && wins.AsSpan().SequenceEqual(losses);
    }

    private void ReadOpenBets(ref FieldReader fields, BettingMarket market)
    {
        var count = fields.Array();
        fields.Expect(count <= _limits.MaxOpenOrders - _bets.Count, "the number of open bets");
        var lastId = 0L;
        for (; count > 0; count--)
        {
            BettingSnapshotLayout.ReadBet(ref fields, out var bet, out var name);
            Adopt(ref fields, in bet, in name);
            fields.Expect(
                bet.Market == market.Id && bet.Id > lastId && bet.IsOpen && bet.Remaining >= market.StakeStep
                    && (bet.Status == OrderStatus.Open || bet.DueAt > 0),
                "an open bet");
            lastId = bet.Id;
            var position = FindPosition(bet.Account, market.Id);
            var held = position < 0 ? -1 : FindRunnerPosition(position, bet.Runner);
            fields.Expect(held >= 0, "the position of a bet");
            (bet.Balance, bet.RunnerPosition) = (_betPositions[position].Balance, held);
            var slot = _bets.Take();
            _bets.Edit(slot) = bet;
            AdoptOpen(slot, market, in name);
        }

        RequireUncrossed(in fields, market);
    }

    /// <summary>Puts an open bet where it belongs. Bets come in order of id, which is also that of their coming to the
    /// book: all that wait in a market wait equally long.</summary>
    private void AdoptOpen(int slot, BettingMarket market, in ClientOrderId name)
    {
        ref var bet = ref _bets.Edit(slot);
        PlaceOnLadder(ref bet, market);
        _betIndex.AddOpen(bet.Id, slot);
        LinkToMarket(slot, market);
        _runnerPositions.Edit(bet.RunnerPosition).Open += bet.Risk;
        if (bet.HasName)
        {
            _betNames.Ensure(slot);
            _betNames.Edit(slot) = name;
        }

        if (bet.Status == OrderStatus.Pending)
        {
            _pendingBets.Add(slot, bet.DueAt, bet.Id);
            market.Pending++;
        }
        else
        {
            market.Book(bet.Runner, _bets).Add(slot, market.SideOf(bet.Runner, bet.Side));
        }
    }

    /// <summary>Puts every open bet in its account's list, which is in order of id over all markets.</summary>
    private void ListByBetId()
    {
        var ids = new long[_bets.Count];
        for (var slot = 0; slot < ids.Length; slot++)
        {
            ids[slot] = _bets[slot].Id; // All slots from 0 on are in use: none was ever given back.
        }

        Array.Sort(ids);
        foreach (var id in ids)
        {
            LinkBetToAccount(LocateBet(id, out _));
        }
    }

    private static void RequireUncrossed(in FieldReader fields, BettingMarket market)
    {
        for (var runner = 0; runner < market.Runners.Count; runner++)
        {
            if (market.BookOrNull(runner) is { } book && book.Levels(Side.Sell).Best is >= 0 and var best)
            {
                fields.Expect(book.Levels(Side.Buy).Best < book.Mirrored(best), "a crossed book of bets");
            }
        }
    }

    /// <summary>Checks what is common to open and closed bets, and makes the client's name for it findable.</summary>
    private void Adopt(ref FieldReader fields, in Bet bet, in ClientOrderId name)
    {
        fields.Expect(
            bet.Id >= 1 && bet.Id <= _lastOrder && LocateBet(bet.Id, out _) < 0 && _ledger.HasAccount(bet.Account)
                && BettingMarketOrNull(bet.Market) is { } market && bet.Runner < market.Runners.Count,
            "the ids of a bet");
        if (bet.HasName)
        {
            fields.Expect(FindBetByName(bet.Account, name.Bytes) == 0, "the name of a bet");
            _clientBets.Add(ContentHash.Of((ulong)bet.Account, name.Bytes), bet.Id);
        }
    }

    private void ReadClosedBets(ref FieldReader fields)
    {
        var count = fields.Array();
        fields.Expect(count <= _limits.MaxClosedOrders, "the number of closed bets");
        for (; count > 0; count--)
        {
            BettingSnapshotLayout.ReadBet(ref fields, out var bet, out var name);
            Adopt(ref fields, in bet, in name);
            fields.Expect(!bet.IsOpen, "a closed bet");
            _closedBets.Add(out _) = bet;
            var slot = _closedBets.LastSlot;
            if (bet.HasName)
            {
                _closedBetNames.Ensure(slot);
                _closedBetNames.Edit(slot) = name;
            }

            _betIndex.SetClosed(bet.Id, slot, isNew: true);
        }
    }

    private void ReadJobs(ref FieldReader fields)
    {
        for (var count = fields.Array(); count > 0; count--)
        {
            var job = BettingSnapshotLayout.ReadJob(ref fields);
            var market = BettingMarketOrNull(job.Market);
            fields.Expect(
                market is not null && job.Runner < market.Runners.Count
                    && (job.Work is not (BettingWork.Settle or BettingWork.Refund)
                        || market.State > BettingMarketState.Closed)
                    && (job.Work != BettingWork.VoidTrades || job.Last < _betTrades.Next),
                "work of a betting market");
            Enqueue(market!, job);
        }

        foreach (var market in _bettingMarkets)
        {
            fields.Expect(
                market.State <= BettingMarketState.Closed || market.Jobs > 0 || market.Pot == 0,
                "the pot of a market that is over");
        }

        var bet = fields.Integer(0, long.MaxValue);
        var slot = LocateBet(bet, out var isOpen);
        fields.Expect(bet == 0 || (isOpen && _jobs.Count > 0), "where work of a betting market is");
        _jobBet = isOpen ? slot : -1;
    }

    /// <summary>Adds what open bets need reserved to what balances, by slot, need.</summary>
    private void AddNeeds(Int128[] needed)
    {
        for (var slot = 0; slot < _bets.Count; slot++)
        {
            needed[_bets[slot].Balance] += _bets[slot].Risk;
        }
    }
}
