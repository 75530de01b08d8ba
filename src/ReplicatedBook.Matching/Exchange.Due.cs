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

    /// <summary>When something is due next; null when nothing is. It happens with the first command of that time or
    /// later, before that command: a <see cref="Tick"/> when there is no other.</summary>
    public Timestamp? NextDue => Math.Min(_ends.FirstDue, _switches.FirstDue) is < long.MaxValue and var due
        ? new Timestamp(due)
        : null;

    /// <summary>Does all that is due by now, in order of time; at one time orders end in order of id, then switches
    /// fire in order of account.</summary>
    private void DoWhatIsDue()
    {
        while (Math.Min(_ends.FirstDue, _switches.FirstDue) <= Now.Microseconds)
        {
            if (_ends.FirstDue <= _switches.FirstDue)
            {
                End(_ends.FirstSlot);
            }
            else
            {
                Fire(_switches.FirstSlot);
            }
        }
    }

    private void End(int slot)
    {
        ref readonly var order = ref _orders[slot];
        var expired = new OrderExpired(
            new OrderId(order.Id), new AccountId(order.Account), new InstrumentId(order.Instrument), order.Side,
            new Quantity(order.Remaining), StatusReason.GoodTilDate);
        _events.On(in expired);
        CloseResting(slot, OrderStatus.Expired, StatusReason.GoodTilDate);
    }

    private void Fire(int account)
    {
        SetSwitch(account, 0);
        for (var slot = _ledger.Account(account).Open.First; slot >= 0; slot = _ledger.Account(account).Open.First)
        {
            CancelResting(slot, StatusReason.CancelAfter);
        }
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
        ref var switchAt = ref _ledger.Account(account).CancelAt;
        if (switchAt != 0)
        {
            _switches.Remove(account);
        }

        switchAt = at;
        if (at != 0)
        {
            _switches.Add(account, at, account);
        }
    }
}
