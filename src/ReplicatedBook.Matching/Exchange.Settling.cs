using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Markets.Prediction;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>The ends of prediction markets: closing in time, cancelling orders, paying holders. How far they have come
/// is state, so that whoever leads next goes on from there.</content>
public sealed partial class Exchange
{
    private readonly DueQueue _closings = new();
    private readonly List<int> _unfinished = []; // Markets whose end is not over, in the order in which they began.
    private long _marketsDue = long.MaxValue;

    /// <summary>Most orders that are cancelled and positions that are paid at a time, so that a large market does not
    /// hold up the log; the others follow before the next commands.</summary>
    internal const int MostSteps = 10_000;

    /// <summary>Says when commands must first look after markets: always while an end is not over.</summary>
    private void NoteMarketsDue()
    {
        _marketsDue = _unfinished.Count > 0 ? Now.Microseconds : _closings.FirstDue;
        NoteDue(_marketsDue);
    }

    private void SetClosing(PredictionMarket market, long at)
    {
        if (market.ClosesAt != 0)
        {
            _closings.Remove(market.Id);
        }

        market.ClosesAt = at;
        if (at != 0)
        {
            _closings.Add(market.Id, at, market.Id);
        }

        NoteMarketsDue();
    }

    private void CloseMarketsDue()
    {
        while (_closings.FirstDue <= Now.Microseconds)
        {
            SetStatus(_markets[_closings.FirstSlot - 1], PredictionMarketStatus.Closed);
        }
    }

    private void BeginSettling(PredictionMarket market)
    {
        if (market.Stage == SettlingStage.None)
        {
            _unfinished.Add(market.Id);
            market.Stage = SettlingStage.Cancel;
        }
    }

    /// <summary>Goes on with the ends of markets, one after the other.</summary>
    private void SettleMarkets()
    {
        for (var left = MostSteps; left > 0 && _unfinished.Count > 0;)
        {
            var market = _markets[_unfinished[0] - 1];
            switch (market.Stage)
            {
                case SettlingStage.Cancel: CancelOrders(market, ref left); break;
                case SettlingStage.Merge: MergeHolders(market, ref left); break;
                default: PayHolders(market, ref left); break;
            }
        }

        NoteMarketsDue();
    }

    /// <summary>Cancels orders outcome by outcome: bids, then asks, each in priority order, then stops to buy and to
    /// sell, each in the order in which they would trigger.</summary>
    private void CancelOrders(PredictionMarket market, ref int left)
    {
        for (var i = 0; i < market.Outcomes.Length; i++)
        {
            var instrument = _instruments[market.FirstInstrument - 1 + i];
            CancelOrders(market, instrument.Book, ref left);
            if (instrument.Stops is { } stops)
            {
                CancelOrders(market, stops, ref left);
            }

            if (left <= 0)
            {
                return; // There may be more; if not, the next turn sees it at once.
            }
        }

        Advance(market, market.Status switch
        {
            PredictionMarketStatus.Closed => SettlingStage.None,
            PredictionMarketStatus.Resolved => SettlingStage.Pay,
            _ => SettlingStage.Merge,
        });
    }

    private void CancelOrders(PredictionMarket market, OrderBook book, ref int left)
    {
        for (var side = Side.Buy; side <= Side.Sell; side++)
        {
            var place = OrderBook.FromBest;
            while (left > 0 && book.Next(side, ref place, out var level))
            {
                CancelResting(level.Oldest, StatusReason.InstrumentStatus);
                market.OrdersCanceled++;
                left--;
                place = OrderBook.FromBest; // Its level may be gone now.
            }
        }
    }

    /// <summary>Repays complete sets, and adds up what the other shares have cost.</summary>
    private void MergeHolders(PredictionMarket market, ref int left)
    {
        for (; market.Cursor < market.Holders.Count && left > 0; market.Cursor++)
        {
            var holder = market.Holders[market.Cursor];
            var (sets, count) = (long.MaxValue, 0);
            for (var slot = holder.FirstPosition; slot >= 0; slot = _positions[slot].Next)
            {
                sets = Math.Min(sets, _positions[slot].Quantity);
                count++;
            }

            if (count == market.Outcomes.Length && sets > 0)
            {
                Merge(holder.Account, market, sets);
            }
            else
            {
                sets = 0;
            }

            var rest = 0L;
            for (var slot = holder.FirstPosition; slot >= 0; slot = _positions[slot].Next)
            {
                market.Claims += _positions[slot].Cost;
                rest |= _positions[slot].Quantity;
            }

            market.AccountsPaid += sets != 0 && rest == 0 ? 1 : 0; // Who has more is counted when that is paid.
            left -= count;
        }

        if (market.Cursor < market.Holders.Count)
        {
            return;
        }

        if (market.Pool == 0)
        {
            Advance(market, SettlingStage.None); // All shares were in complete sets.
            return;
        }

        market.Shared = market.Pool;
        market.IsByShares = market.Claims == 0;
        if (market.IsByShares)
        {
            foreach (ref readonly var outcome in market.Outcomes.AsSpan())
            {
                market.Claims += outcome.Supply;
            }
        }

        Advance(market, SettlingStage.Pay);
    }

    private void PayHolders(PredictionMarket market, ref int left)
    {
        var denominator = market.PayoutDenominator;
        for (; market.Cursor < market.Holders.Count && left > 0; market.Cursor++)
        {
            PayHolder(market, market.Holders[market.Cursor], denominator, ref left);
        }

        if (market.Cursor == market.Holders.Count)
        {
            market.Dust = market.Pool;
            market.Pool = 0;
            Advance(market, SettlingStage.None);
        }
    }

    /// <summary>Pays a holder for all its shares. What it gets in all is rounded down once: each position is paid the
    /// difference to those before it.</summary>
    private void PayHolder(PredictionMarket market, Holder holder, long denominator, ref int left)
    {
        var (due, paid, held) = ((Int128)0, 0L, false);
        for (var slot = holder.FirstPosition; slot >= 0; slot = _positions[slot].Next)
        {
            ref var position = ref _positions[slot];
            left--;
            if (position.Quantity == 0)
            {
                continue;
            }

            long pay;
            if (market.Status == PredictionMarketStatus.Resolved)
            {
                due += (Int128)position.Quantity * market.SetUnits * market.Outcomes[position.Outcome].Payout;
                pay = (long)(due / denominator) - paid;
            }
            else
            {
                var claim = market.IsByShares ? position.Quantity : position.Cost;
                pay = (long)((Int128)market.Shared * claim / market.Claims);
            }

            paid += pay;
            held = true;
            market.Outcomes[position.Outcome].Supply -= position.Quantity;
            _ledger.Credit(position.Balance, -position.Quantity);
            position.Sell(position.Quantity, pay);
        }

        if (!held)
        {
            return;
        }

        market.Pool -= paid;
        market.AccountsPaid++;
        _ledger.Credit(_ledger.EnsureBalance(holder.Account, market.Collateral), paid);
        _events.On(new PositionSettled(
            new PredictionMarketId(market.Id), new AccountId(holder.Account), new Amount(paid)));
        Invariant.Require(market.Pool >= 0, "no more is paid than is locked");
    }

    private void Advance(PredictionMarket market, SettlingStage stage)
    {
        market.Stage = stage;
        market.Cursor = 0;
        if (stage == SettlingStage.None)
        {
            _unfinished.RemoveAt(0);
            _events.On(new PredictionMarketSettled(new PredictionMarketId(market.Id), new Amount(market.Dust)));
        }
    }
}
