using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>What happens when its time comes: orders end, dead man's switches fire.</content>
public sealed partial class Exchange
{
    private readonly DueQueue _ends = new();
    private readonly DueQueue _switches = new();
    private long _quietUntil = long.MaxValue; // Nothing is due before; so a command looks at one time, not at five.

    /// <summary>Most orders that end before one command, so that a million with one end do not hold up the log; the
    /// others end before the next commands, and each before it could trade.</summary>
    internal const int MostEnds = 10_000;

    /// <summary>When something is due next; null when nothing is. It happens with the first command of that time or
    /// later, before that command: a <see cref="Tick"/> when there is no other.</summary>
    public Timestamp? NextDue =>
        FirstDue is < long.MaxValue and var due ? due == long.MinValue ? Now : new Timestamp(due) : null;

    private long FirstDue => Math.Min(
        Math.Min(Math.Min(_ends.FirstDue, _switches.FirstDue), Math.Min(_marketsDue, _bettingDue)), _sessionsDue);

    private bool HasLeftOver => _ends.FirstDue <= Now.Microseconds;

    /// <summary>Says that something is due at a time.</summary>
    private void NoteDue(long at) => _quietUntil = Math.Min(_quietUntil, at);

    /// <summary>Does what is due by now: first markets close, so that none trades beyond its time; then in order of
    /// time, at one time orders end in order of id, then switches fire in order of account. At least one switch fires
    /// however many orders it ends. Then the ends of prediction markets go on, then betting, and last sessions of
    /// orders end.</summary>
    private void DoWhatIsDue()
    {
        CloseMarketsDue();
        for (var left = MostEnds; left > 0 && Math.Min(_ends.FirstDue, _switches.FirstDue) <= Now.Microseconds;)
        {
            if (_ends.FirstDue <= _switches.FirstDue)
            {
                End(_ends.FirstSlot);
                left--;
            }
            else
            {
                left -= Fire(_switches.FirstSlot) + 1;
            }
        }

        SettleMarkets();
        if (_bettingDue <= Now.Microseconds)
        {
            DoBettingWork();
        }

        if (_sessionsDue <= Now.Microseconds)
        {
            DoSessionsDue();
        }

        _quietUntil = FirstDue;
    }

    /// <summary>Where orders are left over whose time has come: ends those that stand before the first that an order
    /// would meet. Those behind it end when it meets them.</summary>
    /// <param name="instrument">What is traded.</param>
    /// <param name="side">The order's.</param>
    /// <param name="price">Worst price it may trade at; 0 for any.</param>
    private void EndAhead(Instrument instrument, Side side, long price)
    {
        if (!HasLeftOver)
        {
            return;
        }

        var (opposite, worstKey) =
            (OrderBook.Opposite(instrument.BookSide(side)), instrument.WorstKeyFor(side, price));
        for (var place = OrderBook.FromBest;
            instrument.Book.Next(opposite, ref place, out var best) && best.Key >= worstKey && IsOver(best.Oldest);
            place = OrderBook.FromBest)
        {
            End(best.Oldest);
        }
    }

    private bool IsOver(int slot) =>
        _orders[slot].TimeInForce == TimeInForce.GoodTilDate && _orders.Options(slot).ExpiresAt <= Now.Microseconds;

    /// <returns>Its slot among the closed.</returns>
    private int End(int slot)
    {
        ref readonly var order = ref _orders[slot];
        var expired = new OrderExpired(
            new OrderId(order.Id), new AccountId(order.Account), new InstrumentId(order.Instrument), order.Side,
            new Quantity(order.Remaining), StatusReason.GoodTilDate);
        _events.On(in expired);
        return CloseResting(slot, in order, OrderStatus.Expired, StatusReason.GoodTilDate);
    }

    /// <returns>How many orders it has cancelled.</returns>
    private int Fire(int account)
    {
        SetSwitch(account, 0);
        var count = 0;
        for (var slot = _ledger.Account(account).Open.First; slot >= 0; slot = _ledger.Account(account).Open.First)
        {
            CancelResting(slot, StatusReason.CancelAfter);
            count++;
        }

        count += CancelBetsOf(account);
        NoteBettingDue();
        return count;
    }

    /// <summary>Checked in this order: AccountRequired, AccountNotFound, TimeoutOutOfRange.</summary>
    private RejectReason ApplySetCancelAfter(in Envelope header, ref MessagePackReader reader, RejectReason barred)
    {
        if (!(reader.TryReadInteger(out var named) & reader.TryReadInteger(out var timeout)) || !reader.IsAtEnd)
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred != RejectReason.None)
        {
            return Refuse(barred);
        }

        var account = ResolveAccount(header.User, new AccountId(named), out var reason);
        if (account == 0)
        {
            return Refuse(reason);
        }

        if (timeout is not 0 and (< SetCancelAfter.MinTimeout or > SetCancelAfter.MaxTimeout))
        {
            return Refuse(RejectReason.TimeoutOutOfRange);
        }

        SetSwitch(account, timeout == 0 ? 0 : Now.Microseconds + timeout);
        AnswerSwitch(account);
        return RejectReason.None;
    }

    /// <summary>Sets when an account's switch fires, in microseconds; 0 for never.</summary>
    private void SetSwitch(int account, long at)
    {
        AdoptSwitch(account, at);
        _events.On(new CancelAfterChanged(new AccountId(account), new Timestamp(at)));
    }

    private void AdoptSwitch(int account, long at)
    {
        ref var switchAt = ref _ledger.Details(account).CancelAt;
        if (switchAt != 0)
        {
            _switches.Remove(account);
        }

        switchAt = at;
        if (at != 0)
        {
            _switches.Add(account, at, account);
            NoteDue(at);
        }
    }
}
