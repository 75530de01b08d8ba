using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>What the book asks and tells the exchange while an order matches.</content>
public sealed partial class Exchange
{
    /// <summary>One order's way through the book.</summary>
    private struct Taking(Exchange exchange, Instrument instrument, long sharedUser, long budget) : IFillHandler
    {
        /// <summary>What it came to so far.</summary>
        public Sweep Sweep = new() { Budget = budget };

        /// <summary>What is traded.</summary>
        public readonly Instrument Instrument => instrument;

        /// <inheritdoc/>
        public readonly bool IsDone => Sweep.End != StatusReason.None;

        /// <inheritdoc/>
        public long Meet(int slot, in Order maker, ref Order taker)
        {
            if (IsOwn(in maker, in taker) && taker.SelfTradePrevention != SelfTradePrevention.None)
            {
                exchange.PreventSelfTrade(instrument, slot, ref taker, ref Sweep);
                return 0;
            }

            var shown = maker.Remaining;
            if (maker.HasOptions)
            {
                if (exchange.IsOver(slot))
                {
                    exchange.End(slot);
                    return 0;
                }

                shown = exchange._orders.Shown(slot, in maker);
            }

            var lots = Math.Min(taker.Remaining, shown);
            return Sweep.Budget < 0 ? lots : Afford(in maker, in taker, lots);
        }

        /// <inheritdoc/>
        public void Filled(ref Order maker, ref Order taker, long lots)
        {
            if (instrument.Market is null)
            {
                exchange.Settle(instrument, ref maker, ref taker, lots, ref Sweep);
            }
            else
            {
                exchange.SettleOutcome(instrument, ref maker, ref taker, lots, ref Sweep);
            }
        }

        /// <inheritdoc/>
        public readonly void Replenished(in Order maker, long shown)
        {
            var replenished = new OrderReplenished(
                new OrderId(maker.Id), new AccountId(maker.Account), new InstrumentId(maker.Instrument), maker.Side,
                new Price(maker.Price), new Quantity(shown));
            exchange._events.On(in replenished);
        }

        /// <inheritdoc/>
        public readonly void Emptied(int slot, in Order maker) =>
            exchange.Close(slot, in maker, isListed: true, OrderStatus.Filled, StatusReason.None);

        private readonly bool IsOwn(in Order maker, in Order taker) => maker.Account == taker.Account
            || (sharedUser != 0 && exchange._ledger.Account(maker.Account).User == sharedUser);

        private long Afford(in Order maker, in Order taker, long lots)
        {
            var price = maker.IsMirrored == taker.IsMirrored
                ? maker.Price
                : instrument.Market!.PayoutTicks - maker.Price;
            var affordable = instrument.Terms.AffordableLots(in taker, price, taker.TakerFeeBps, Sweep.Budget);
            if (affordable >= lots)
            {
                return lots;
            }

            Sweep.End = StatusReason.InsufficientFunds;
            return affordable;
        }
    }
}
