using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>How bets come into the lists, and how they leave them.</content>
public sealed partial class Exchange
{
    /// <summary>Makes a bet findable by id, by market, by account and by session.</summary>
    private void ListBet(int slot, BettingMarket market)
    {
        _betIndex.AddOpen(_bets[slot].Id, slot);
        LinkToMarket(slot, market);
        LinkBetToAccount(slot);
        if (_bets[slot].HasSession)
        {
            LinkBetToSession(slot);
        }
    }

    /// <summary>Puts a bet at the end of its market's. Ids only grow, so they stay in order of id.</summary>
    private void LinkToMarket(int slot, BettingMarket market)
    {
        ref var bet = ref _bets.Edit(slot);
        bet.NextOfMarket = -1;
        bet.PreviousOfMarket = market.Open.Last;
        if (market.Open.Last >= 0)
        {
            _bets.Edit(market.Open.Last).NextOfMarket = slot;
        }
        else
        {
            market.Open.First = slot;
        }

        market.Open.Last = slot;
        market.Open.Count++;
    }

    /// <summary>Puts a bet at the end of its account's, likewise.</summary>
    private void LinkBetToAccount(int slot)
    {
        ref var bet = ref _bets.Edit(slot);
        ref var ofAccount = ref BettorOf(bet.Account).Open;
        bet.NextOfAccount = -1;
        bet.PreviousOfAccount = ofAccount.Last;
        if (ofAccount.Last >= 0)
        {
            _bets.Edit(ofAccount.Last).NextOfAccount = slot;
        }
        else
        {
            ofAccount.First = slot;
        }

        ofAccount.Last = slot;
        ofAccount.Count++;
    }

    private void UnlistBet(int slot, BettingMarket market)
    {
        ref readonly var bet = ref _bets[slot];
        ref var ofAccount = ref BettorOf(bet.Account).Open;
        if (slot == _jobBet)
        {
            _jobBet = bet.NextOfMarket;
        }

        if (bet.PreviousOfMarket >= 0)
        {
            _bets.Edit(bet.PreviousOfMarket).NextOfMarket = bet.NextOfMarket;
        }
        else
        {
            market.Open.First = bet.NextOfMarket;
        }

        if (bet.NextOfMarket >= 0)
        {
            _bets.Edit(bet.NextOfMarket).PreviousOfMarket = bet.PreviousOfMarket;
        }
        else
        {
            market.Open.Last = bet.PreviousOfMarket;
        }

        if (bet.PreviousOfAccount >= 0)
        {
            _bets.Edit(bet.PreviousOfAccount).NextOfAccount = bet.NextOfAccount;
        }
        else
        {
            ofAccount.First = bet.NextOfAccount;
        }

        if (bet.NextOfAccount >= 0)
        {
            _bets.Edit(bet.NextOfAccount).PreviousOfAccount = bet.PreviousOfAccount;
        }
        else
        {
            ofAccount.Last = bet.PreviousOfAccount;
        }

        market.Open.Count--;
        ofAccount.Count--;
        if (bet.HasSession)
        {
            UnlinkBetFromSession(slot);
        }
    }

    /// <summary>Takes a resting or waiting bet out of book and lists, gives back what is reserved for it and, unless it
    /// is filled, says so.</summary>
    /// <param name="slot">The bet.</param>
    /// <param name="end">Why; None when it is filled.</param>
    /// <returns>Its slot among the closed.</returns>
    private int CloseRestingBet(int slot, StatusReason end)
    {
        ref readonly var bet = ref _bets[slot];
        var market = _bettingMarkets[bet.Market - 1];
        if (bet.Status == OrderStatus.Pending)
        {
            _pendingBets.Remove(slot);
            market.Pending--;
        }
        else
        {
            market.Book(bet.Runner, _bets).Remove(slot, market.SideOf(bet.Runner, bet.Side));
        }

        if (bet.Remaining > 0)
        {
            HoldFor(in bet, -bet.Risk);
        }

        UnlistBet(slot, market);
        return EndBet(slot, wasListed: true, end);
    }

    private void TellCanceled(int slot, StatusReason reason)
    {
        ref readonly var bet = ref _bets[slot];
        var canceled = new BetCanceled(
            new OrderId(bet.Id), new AccountId(bet.Account), new BettingMarketId(bet.Market),
            _bettingMarkets[bet.Market - 1].Runners[bet.Runner].Id, bet.Side, new Odds(bet.Odds),
            new Amount(bet.Remaining), reason);
        _events.On(in canceled);
    }

    private void TellReduced(in Bet bet, long stake)
    {
        var reduced = new BetReduced(
            new OrderId(bet.Id), new AccountId(bet.Account), new BettingMarketId(bet.Market), new Amount(stake),
            new Amount(bet.Remaining));
        _events.On(in reduced);
    }

    /// <summary>Takes stake off a resting or waiting bet, which keeps its place, and gives back what is no longer
    /// needed.</summary>
    private void ReduceBet(int slot, BettingMarket market, long stake)
    {
        ref var bet = ref _bets.Edit(slot);
        var before = bet.Risk;
        bet.Remaining -= stake;
        bet.UpdatedIndex = AppliedIndex;
        bet.UpdatedAt = Now.Microseconds;
        HoldFor(in bet, bet.Risk - before);
        if (bet.Status == OrderStatus.Open)
        {
            market.Book(bet.Runner, _bets).Levels(market.SideOf(bet.Runner, bet.Side))[bet.Key].Lots -= stake;
        }

        TellReduced(in bet, stake);
    }

    /// <summary>Moves a bet that is in no list any more, and has nothing reserved, to the closed.</summary>
    /// <returns>Its slot there.</returns>
    private int CloseBet(int slot, bool wasListed, OrderStatus status, StatusReason reason)
    {
        ref var bet = ref _bets.Edit(slot);
        bet.Status = status;
        bet.Reason = reason;
        bet.UpdatedIndex = AppliedIndex;
        bet.UpdatedAt = Now.Microseconds;
        if (_closedBets.IsFull)
        {
            ForgetOldestBet();
        }

        _closedBets.Add(out _) = bet; // Where the oldest was.
        var closed = _closedBets.LastSlot;
        if (bet.HasName)
        {
            _closedBetNames.Ensure(closed);
            _closedBetNames.Edit(closed) = _betNames[slot];
        }

        _betIndex.SetClosed(bet.Id, closed, isNew: !wasListed);
        _bets.Release(slot);
        return closed;
    }

    private void ForgetOldestBet()
    {
        var slot = _closedBets.NextSlot;
        ref readonly var oldest = ref _closedBets.InSlot(slot);
        if (oldest.HasName)
        {
            var hash = ContentHash.Of((ulong)oldest.Account, _closedBetNames[slot].Bytes);
            _clientBets.Remove(hash, oldest.Id);
        }

        _betIndex.Forget(oldest.Id); // It still leads here, where there is another bet in a moment.
    }

    /// <summary>Finds a bet by its id.</summary>
    /// <returns>Its slot among the open or the closed; -1 when it is not, or no longer, known.</returns>
    private int LocateBet(long id, out bool isOpen)
    {
        var slot = _betIndex.Find(id, out isOpen);
        return isOpen || slot < 0 || _closedBets.InSlot(slot).Id == id ? slot : -1;
    }

    private ref readonly Bet BetAt(int slot, bool isOpen)
    {
        if (isOpen)
        {
            return ref _bets[slot];
        }

        return ref _closedBets.InSlot(slot);
    }

    private ref readonly ClientOrderId BetNameOf(int slot, bool isOpen)
    {
        if (isOpen)
        {
            return ref _betNames[slot];
        }

        return ref _closedBetNames[slot];
    }

    /// <summary>The bet with a client order id, open or closed; 0 when there is none or it is no longer
    /// kept.</summary>
    private long FindBetByName(int account, ReadOnlySpan<byte> name)
    {
        var hash = ContentHash.Of((ulong)account, name);
        var place = _clientBets.Start(hash);
        while (_clientBets.Next(hash, ref place) is not 0 and var id)
        {
            var slot = LocateBet(id, out var isOpen);
            if (BetAt(slot, isOpen).Account == account && BetNameOf(slot, isOpen).Bytes.SequenceEqual(name))
            {
                return id;
            }
        }

        return 0;
    }

    /// <summary>Makes the answer show a bet.</summary>
    private void ShowBet(int slot, bool isOpen)
    {
        _shownBet.Slot = slot;
        _shownBet.IsOpen = isOpen;
        _shownBet.IsExisting = false;
    }
}
