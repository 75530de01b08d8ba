using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>A batch of which all orders are placed or none.</content>
/// <remarks>Nothing is ever undone: all orders are checked against the state before the first of them, each with what
/// those before it in the batch may take away, and without what they may bring. What each needs is held until its turn.
/// So none can be refused once the first is placed.</remarks>
public sealed partial class Exchange
{
    private readonly Verdict[] _verdicts = new Verdict[PlaceBatch.MaxOrders];

    private void PlaceTogether(UserId user, int count)
    {
        var isRefused = false;
        for (var i = 0; i < count; i++)
        {
            _verdicts[i] = Judge(user, i);
            isRefused |= _verdicts[i].Reason != RejectReason.None;
        }

        for (var i = 0; i < count; i++)
        {
            ref readonly var ticket = ref _batch[i];
            ref readonly var verdict = ref _verdicts[i];
            _shown.Slot = -1;
            if (verdict.Held != 0)
            {
                _ledger.Reserve(verdict.Balance, -verdict.Held);
            }

            if (isRefused)
            {
                var reason = verdict.Reason == RejectReason.None ? RejectReason.BatchAborted : verdict.Reason;
                _shortfall = verdict.Shortfall;
                AnswerOrder(Reject(in ticket, verdict.Account == 0 ? ticket.Account : verdict.Account, reason));
            }
            else if (verdict.IsRepeat)
            {
                AnswerOrder(ShowRepeated(verdict.Account, in ticket));
            }
            else
            {
                Accept(verdict.Account, _instruments[ticket.Instrument - 1], in ticket, verdict.Held, ticket.IsPlain);
                AnswerOrder(RejectReason.None);
            }
        }

        TriggerStops();
    }

    private RejectReason ShowRepeated(int account, in OrderTicket ticket)
    {
        var slot = Locate(FindByClientOrderId(account, ticket.ClientOrderId.Bytes), out var isOpen);
        if (slot < 0)
        {
            return RejectReason.OrderNotFound; // Orders of this batch that closed have pushed it out.
        }

        Show(slot, isOpen);
        _shown.IsExisting = true;
        return RejectReason.None;
    }

    /// <summary>Checks an order of the batch, after those before it, and holds what it needs.</summary>
    private Verdict Judge(UserId user, int position)
    {
        ref readonly var ticket = ref _batch[position];
        var reason = Resolve(user, in ticket, out var account, out var instrument, out var repeated);
        var verdict = new Verdict { Account = account, IsRepeat = repeated != 0 };
        if (verdict.IsRepeat)
        {
            return verdict;
        }

        if (reason == RejectReason.None)
        {
            EndAhead(instrument!, ticket.Side, ticket.Price);
            reason = CheckBeside(position, account, instrument!, in ticket);
        }

        var needed = 0L;
        verdict.Reason = reason == RejectReason.None
            ? Check(account, instrument!, in ticket, out needed)
            : reason;
        if (verdict.Reason != RejectReason.None)
        {
            verdict.Shortfall = _shortfall;
            return verdict;
        }

        // Whoever has enough of an asset has a balance of it.
        if (needed != 0)
        {
            verdict.Held = needed;
            verdict.Balance = _ledger.FindBalance(account, instrument!, ticket.Side);
            _ledger.Reserve(verdict.Balance, needed);
        }

        return verdict;
    }

    /// <summary>Checks an order against those before it in the batch, in this order: ClientOrderIdReused,
    /// NotionalTooLarge, LimitReached, TooManyOpenOrders, PostOnlyWouldTake.</summary>
    private RejectReason CheckBeside(int position, int account, Instrument instrument, in OrderTicket ticket)
    {
        var (openOfAccount, wouldTake) = (0, false);
        var lots = (Int128)instrument.SideLots(ticket.Side) + Math.Max(0, ticket.Lots);
        var (side, price) = (instrument.BookSide(ticket.Side), instrument.BookPrice(ticket.Price));
        for (var i = 0; i < position; i++)
        {
            ref readonly var before = ref _batch[i];
            var isSameAccount = _verdicts[i].Account == account;
            if (isSameAccount && !ticket.ClientOrderId.IsEmpty
                && before.ClientOrderId.Bytes.SequenceEqual(ticket.ClientOrderId.Bytes))
            {
                return RejectReason.ClientOrderIdReused;
            }

            openOfAccount += isSameAccount && before.MayRest ? 1 : 0;
            if (InstrumentOrNull(before.Instrument) is { } other && other.Book == instrument.Book)
            {
                var (sideBefore, priceBefore) = (other.BookSide(before.Side), other.BookPrice(before.Price));
                lots += sideBefore == side ? Math.Max(0, before.Lots) : 0;
                wouldTake |= sideBefore != side && before.Type == OrderType.Limit
                    && (side == Side.Buy ? priceBefore <= price : priceBefore >= price);
            }
        }

        return lots > long.MaxValue ? RejectReason.NotionalTooLarge
            : _orders.Count + position >= _limits.MaxOpenOrders ? RejectReason.LimitReached
            : ticket.MayRest && HasTooManyOpen(account, openOfAccount + 1) ? RejectReason.TooManyOpenOrders
            : ticket.IsPostOnly && wouldTake ? RejectReason.PostOnlyWouldTake
            : RejectReason.None;
    }

    /// <summary>What was found of one order of an atomic batch.</summary>
    private struct Verdict
    {
        /// <summary>Whose it is; 0 when there is no such account.</summary>
        public int Account;

        /// <summary>Why it is refused.</summary>
        public RejectReason Reason;

        /// <summary>It exists already.</summary>
        public bool IsRepeat;

        /// <summary>Units held for it until its turn.</summary>
        public long Held;

        /// <summary>Slot of the balance they are held in.</summary>
        public int Balance;

        /// <summary>What is lacking, when funds are.</summary>
        public (long Needed, long Available, int Asset) Shortfall;
    }
}
