using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Placing a bet.</content>
public sealed partial class Exchange
{
    private RejectReason ApplyPlaceBet(in Envelope header, ref MessagePackReader reader, RejectReason barred)
    {
        _shownBet.Slot = -1;
        if (!CommandReader.TryReadBet(ref reader, header.Version, out var ticket))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var reason = barred == RejectReason.None
            ? PlaceBet(header.User, in ticket)
            : Reject(in ticket, ticket.Account, barred);
        AnswerBet(reason);
        return reason;
    }

    /// <summary>Checks a bet and, if it passes, matches and rests it, or lets it wait for the delay. Checked in the
    /// order of <see cref="ResolveBet"/>, then of <see cref="CheckBet"/>.</summary>
    internal RejectReason PlaceBet(UserId user, in BetTicket ticket)
    {
        var reason = ResolveBet(user, in ticket, out var account, out var market, out var runner, out var known);
        if (known != 0)
        {
            ShowBet(LocateBet(known, out var isOpen), isOpen);
            _shownBet.IsExisting = true;
            return RejectReason.None;
        }

        reason = reason == RejectReason.None ? CheckBet(account, market!, runner, in ticket) : reason;
        if (reason != RejectReason.None)
        {
            return Reject(in ticket, account == 0 ? ticket.Account : account, reason);
        }

        AcceptBet(account, market!, runner, in ticket);
        return RejectReason.None;
    }

    /// <summary>Finds what a bet names. Checked in this order: AccountRequired, AccountNotFound, ClientOrderIdReused,
    /// OrderSessionEnded, BettingMarketNotFound, RunnerNotFound, RunnerAlreadyRemoved.</summary>
    /// <param name="user">The sender.</param>
    /// <param name="ticket">The bet.</param>
    /// <param name="account">Whose it is; 0 when there is no such account.</param>
    /// <param name="market">Its market.</param>
    /// <param name="runner">Place of its runner.</param>
    /// <param name="known">The bet that it repeats; 0 for none.</param>
    private RejectReason ResolveBet(
        UserId user, in BetTicket ticket, out int account, out BettingMarket? market, out int runner, out long known)
    {
        market = BettingMarketOrNull(ticket.Market);
        runner = market?.PlaceOf(ticket.Runner) ?? -1;
        known = 0;
        account = ResolveAccount(user, new AccountId(ticket.Account), out var reason);
        if (account == 0)
        {
            return reason;
        }

        if (!ticket.ClientOrderId.IsEmpty && FindBetByName(account, ticket.ClientOrderId.Bytes) is not 0 and var id)
        {
            if (!IsRepeat(in BetAt(LocateBet(id, out var isOpen), isOpen), in ticket, runner))
            {
                return RejectReason.ClientOrderIdReused;
            }

            known = id;
            return RejectReason.None;
        }

        return ticket.Session != 0 && !MayPlaceIn(ticket.Session, user) ? RejectReason.OrderSessionEnded
            : market is null ? RejectReason.BettingMarketNotFound
            : runner < 0 ? RejectReason.RunnerNotFound
            : market.IsRemoved(runner) ? RejectReason.RunnerAlreadyRemoved
            : RejectReason.None;
    }

    /// <summary>Checked in this order: BettingMarketSuspended or MarketNotOpen, VersionMismatch, OddsInvalid,
    /// StakeInvalid, NotionalTooLarge, TimeInForceInvalid, BetLiabilityTooLarge, LimitReached, TooManyOpenOrders,
    /// AccountLiabilityTooLarge, InsufficientFunds.</summary>
    private RejectReason CheckBet(int account, BettingMarket market, int runner, in BetTicket ticket)
    {
        if (!market.IsTrading)
        {
            return market.State == BettingMarketState.Suspended
                ? RejectReason.BettingMarketSuspended
                : RejectReason.MarketNotOpen;
        }

        if (ticket.MarketVersion != 0 && ticket.MarketVersion != market.Version)
        {
            return RejectReason.VersionMismatch;
        }

        if (OddsLadder.PositionOf(new Odds(ticket.Odds)) < 0)
        {
            return RejectReason.OddsInvalid;
        }

        if (ticket.Stake <= 0 || ticket.Stake % market.StakeStep != 0)
        {
            return RejectReason.StakeInvalid;
        }

        if (ticket.Stake > OddsTerms.MaxStake)
        {
            return RejectReason.NotionalTooLarge;
        }

        if (ticket.TimeInForce == TimeInForce.GoodTilDate || ticket.MinFill < 0 || ticket.MinFill > ticket.Stake
            || (ticket.MinFill != 0 && ticket.TimeInForce != TimeInForce.FillOrKill))
        {
            return RejectReason.TimeInForceInvalid;
        }

        var risk = OddsTerms.Risk(ticket.Side, ticket.Odds, ticket.Stake);
        if (market.Given.MaxBetLiability.Units != 0 && risk > market.Given.MaxBetLiability.Units)
        {
            return RejectReason.BetLiabilityTooLarge;
        }

        if (_bets.Count >= _limits.MaxOpenOrders)
        {
            return RejectReason.LimitReached;
        }

        ref readonly var bettor = ref BettorOf(account);
        if (ticket.TimeInForce == TimeInForce.GoodTilCanceled
            && bettor.Open.Count >= _limits.MaxOpenOrdersPerAccount)
        {
            return RejectReason.TooManyOpenOrders;
        }

        var position = FindPosition(account, market.Id);
        var atMost = market.Given.MaxAccountLiability.Units;
        if (atMost != 0 && (Int128)AtRisk(market, position) + risk > atMost)
        {
            return RejectReason.AccountLiabilityTooLarge;
        }

        var currency = market.Given.Currency.Value;
        var balance = position >= 0 ? _betPositions[position].Balance : _ledger.FindBalance(account, currency);
        return LacksFunds(balance, currency, risk) ? RejectReason.InsufficientFunds : RejectReason.None;
    }

    /// <summary>What an account has paid in and has reserved in a market, without the bets that are void.</summary>
    private long AtRisk(BettingMarket market, int position)
    {
        var sum = 0L;
        for (var slot = position < 0 ? -1 : _betPositions[position].FirstRunner; slot >= 0;)
        {
            ref readonly var held = ref _runnerPositions[slot];
            sum += market.IsRemoved(held.Runner) ? 0 : held.Paid + held.Open;
            slot = held.Next;
        }

        return sum;
    }

    /// <summary>Takes the bet in: from here on nothing is refused.</summary>
    private void AcceptBet(int account, BettingMarket market, int runner, in BetTicket ticket)
    {
        var position = EnsurePosition(account, market);
        var held = EnsureRunnerPosition(position, runner);
        var slot = _bets.Take();
        ref var bet = ref _bets.Edit(slot);
        Fill(ref bet, account, market, runner, in ticket);
        bet.Id = NextOrderId();
        PlaceOnLadder(ref bet, market);
        bet.Balance = _betPositions[position].Balance;
        bet.RunnerPosition = held;
        if (bet.HasName)
        {
            _betNames.Ensure(slot);
            _betNames.Edit(slot) = ticket.ClientOrderId;
            _clientBets.Add(ContentHash.Of((ulong)account, ticket.ClientOrderId.Bytes), bet.Id);
        }

        if (bet.HasSession)
        {
            _orderSessions.Bets.Assign(slot, _orderSessions.Find(ticket.Session));
        }

        var accepted = new BetAccepted(
            new OrderId(bet.Id), new AccountId(account), ticket.ClientOrderId, new BettingMarketId(market.Id),
            new RunnerId(ticket.Runner), ticket.Side, new Odds(ticket.Odds), new Amount(ticket.Stake),
            ticket.TimeInForce, ticket.Persistence, new Timestamp(bet.DueAt));
        _events.On(in accepted);
        _shownBet.TradesBefore = _betTrades.Next - 1;
        if (bet.Status == OrderStatus.Pending)
        {
            LetWait(slot, market);
        }
        else
        {
            MatchBet(slot, market, isListed: false);
        }
    }

    /// <summary>Makes a bet what it is when it is accepted: still without an id, and in no book.</summary>
    private void Fill(ref Bet bet, int account, BettingMarket market, int runner, in BetTicket ticket)
    {
        var waits = market.Phase == BettingPhase.InPlay && market.Given.BetDelay > 0;
        bet = default;
        bet.Remaining = ticket.Stake;
        bet.Account = account;
        bet.Market = market.Id;
        bet.Odds = ticket.Odds;
        bet.Runner = (byte)runner;
        bet.Side = ticket.Side;
        bet.Status = waits ? OrderStatus.Pending : OrderStatus.Open;
        bet.TimeInForce = ticket.TimeInForce;
        bet.Persistence = ticket.Persistence;
        bet.SelfTradePrevention = ticket.SelfTradePrevention;
        bet.HasName = !ticket.ClientOrderId.IsEmpty;
        bet.HasSession = ticket.Session != 0;
        bet.Stake = ticket.Stake;
        bet.MinFill = ticket.MinFill;
        bet.DueAt = waits ? Now.Microseconds + market.Given.BetDelay : 0;
        bet.MarketVersion = market.Version;
        bet.CreatedIndex = AppliedIndex;
        bet.CreatedAt = Now.Microseconds;
        bet.UpdatedIndex = AppliedIndex;
        bet.UpdatedAt = Now.Microseconds;
    }

    /// <summary>Finds the bet's place among the prices of its book.</summary>
    private void PlaceOnLadder(ref Bet bet, BettingMarket market)
    {
        bet.OddsPosition = (short)OddsLadder.PositionOf(new Odds(bet.Odds));
        var rank = market.RankOf(bet.Runner, bet.OddsPosition);
        bet.Key = (short)market.Book(bet.Runner, _bets).KeyOf(market.SideOf(bet.Runner, bet.Side), rank);
    }

    private static bool IsRepeat(in Bet bet, in BetTicket ticket, int runner) =>
        bet.Market == ticket.Market && bet.Runner == runner && bet.Side == ticket.Side && bet.Odds == ticket.Odds
            && bet.Stake == ticket.Stake && bet.TimeInForce == ticket.TimeInForce
            && bet.Persistence == ticket.Persistence && bet.SelfTradePrevention == ticket.SelfTradePrevention
            && bet.MinFill == ticket.MinFill;

    private RejectReason Reject(in BetTicket ticket, long account, RejectReason reason)
    {
        var rejected = new BetRejected(
            new AccountId(account), ticket.ClientOrderId, new BettingMarketId(ticket.Market),
            new RunnerId(ticket.Runner), reason);
        _events.On(in rejected);
        return reason;
    }
}
