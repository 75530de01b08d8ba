using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Pages;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Book;

/// <summary>The resting orders of one instrument on one structure of levels. It keeps queues and totals; what a match
/// moves between accounts is the handler's business.</summary>
/// <typeparam name="TLevels">How the levels of a side are kept.</typeparam>
/// <param name="orders">Where the orders are; shared by all books.</param>
/// <param name="bids">No levels.</param>
/// <param name="asks">No levels.</param>
internal sealed class OrderBook<TLevels>(OrderPool orders, TLevels bids, TLevels asks) : OrderBook
    where TLevels : struct, IPriceLevels
{
    private BothSides<TLevels> _levels = new(bids, asks); // Not a property: levels are changed in place.

    /// <inheritdoc/>
    public override bool WouldMatch(Side side, long price)
    {
        var opposite = Opposite(side);
        return Levels(opposite).BestKey >= KeyOf(opposite, price);
    }

    /// <inheritdoc/>
    public override int LevelCount(Side side) => Levels(side).Count;

    /// <inheritdoc/>
    public override bool Next(Side side, ref int place, out PriceLevel level)
    {
        ref var levels = ref Levels(side);
        var slot = levels.Next(ref place);
        level = slot >= 0 ? levels[slot] : default;
        return slot >= 0;
    }

    /// <inheritdoc/>
    public override int CopyLevels(Side side, Span<PriceLevel> destination)
    {
        ref var levels = ref Levels(side);
        var (count, place) = (0, FromBest);
        while (count < destination.Length && levels.Next(ref place) is >= 0 and var slot)
        {
            destination[count++] = levels[slot];
        }

        return count;
    }

    /// <summary>Looks at a side's levels from the best on.</summary>
    /// <param name="side">Whose levels.</param>
    /// <param name="worstKey">Levels with a smaller key are not looked at.</param>
    /// <param name="visitor">Looks at them.</param>
    public void Visit<TVisitor>(Side side, long worstKey, ref TVisitor visitor)
        where TVisitor : struct, ILevelVisitor, allows ref struct
    {
        ref var levels = ref Levels(side);
        var place = FromBest;
        while (levels.Next(ref place) is >= 0 and var slot && levels[slot].Key >= worstKey
            && visitor.Visit(in levels[slot]))
        {
        }
    }

    /// <summary>Fills an order, which is not in the book, against the orders that rest: best price first, and oldest
    /// first at one price.</summary>
    /// <param name="taker">The order.</param>
    /// <param name="worstKey">Levels with a smaller key are not traded with.</param>
    /// <param name="handler">Decides and settles.</param>
    public void Match<THandler>(ref Order taker, long worstKey, ref THandler handler)
        where THandler : struct, IFillHandler, allows ref struct
    {
        var side = Opposite(taker.BookSide);
        ref var levels = ref Levels(side);
        while (taker.Remaining > 0 && levels.Best is >= 0 and var best)
        {
            ref var level = ref levels[best];
            if (level.Key < worstKey)
            {
                return;
            }

            var slot = level.Oldest;
            ref var maker = ref orders.Edit(slot);
            if ((maker.Next >= 0 ? maker.Next : OldestBehindBest(ref levels)) is >= 0 and var next)
            {
                CacheLines.Fetch(in orders[next]); // It comes while this one is settled.
            }

            var lots = handler.Meet(slot, in maker, ref taker);
            if (lots > 0)
            {
                taker.Remaining -= lots;
                maker.Remaining -= lots;
                level.Lots -= lots;
                AddLots(side, -lots);
                handler.Filled(ref maker, ref taker, lots);
                if (maker.Remaining == 0)
                {
                    RemoveOldest(ref levels, ref level, in maker);
                    handler.Emptied(slot, in maker);
                }
                else if (maker.HasOptions)
                {
                    Replenish(ref level, slot, ref handler);
                }
            }

            if (handler.IsDone)
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public override bool TryAdd(int slot, ref Order order, long key)
    {
        var side = order.BookSide;
        if (Levels(Opposite(side)).BestKey >= -key)
        {
            return false;
        }

        Add(slot, ref order, key, side);
        return true;
    }

    /// <inheritdoc/>
    public override void Add(int slot, ref Order order, long key) => Add(slot, ref order, key, order.BookSide);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int slot, ref Order order, long key, Side side)
    {
        ref var levels = ref Levels(side);
        var levelSlot = levels.FindOrAdd(key);
        ref var level = ref levels[levelSlot];
        order.Level = levelSlot;
        Append(ref level, slot, ref order);
        level.Lots += order.Remaining;
        AddLots(side, order.Remaining);
        if (order.HasOptions)
        {
            var display = orders.Options(slot).Display;
            orders.EditOptions(slot).Hidden = 0;
            Hide(slot, display == 0 ? 0 : Math.Max(0, order.Remaining - display));
        }
    }

    /// <inheritdoc/>
    public override void Hide(int slot, long hidden)
    {
        ref readonly var order = ref orders[slot];
        ref var options = ref orders.EditOptions(slot);
        Levels(order.BookSide)[order.Level].Hidden += hidden - options.Hidden;
        options.Hidden = hidden;
    }

    /// <inheritdoc/>
    public override void Remove(int slot, in Order order)
    {
        var side = order.BookSide;
        ref var levels = ref Levels(side);
        ref var level = ref levels[order.Level];
        level.Lots -= order.Remaining;
        AddLots(side, -order.Remaining);
        if (order.HasOptions)
        {
            ref var options = ref orders.EditOptions(slot);
            level.Hidden -= options.Hidden;
            options.Hidden = 0;
        }

        Unlink(ref level, slot, in order);
        if (level.Count == 0)
        {
            levels.Remove(order.Level);
        }
    }

    /// <inheritdoc/>
    public override void Reduce(int slot, long lots)
    {
        ref var order = ref orders.Edit(slot);
        ref var level = ref Levels(order.BookSide)[order.Level];
        order.Remaining -= lots;
        level.Lots -= lots;
        AddLots(order.BookSide, -lots);
        if (order.HasOptions)
        {
            ref var options = ref orders.EditOptions(slot);
            var hidden = Math.Min(lots, options.Hidden);
            options.Hidden -= hidden;
            level.Hidden -= hidden;
        }
    }

    private ref TLevels Levels(Side side) => ref _levels[(int)side];

    /// <summary>The oldest order of the level behind the best, of which there is one; -1 when there is none.</summary>
    private static int OldestBehindBest(ref TLevels levels)
    {
        var place = FromBest;
        levels.Next(ref place);
        return levels.Next(ref place) is >= 0 and var second ? levels[second].Oldest : -1;
    }

    /// <summary>Once an iceberg's peak is gone, shows the next and puts it behind all others of its price.</summary>
    private void Replenish<THandler>(ref PriceLevel level, int slot, ref THandler handler)
        where THandler : struct, IFillHandler, allows ref struct
    {
        ref var order = ref orders.Edit(slot);
        ref var options = ref orders.EditOptions(slot);
        if (order.Remaining > options.Hidden)
        {
            return;
        }

        var shown = Math.Min(options.Display, options.Hidden);
        options.Hidden -= shown;
        level.Hidden -= shown;
        Unlink(ref level, slot, in order);
        Append(ref level, slot, ref order);
        handler.Replenished(in order, shown);
    }

    /// <summary>Takes the oldest order of a level, whose lots no longer count, out of it, and that with it if it was
    /// the last there.</summary>
    private static void RemoveOldest(ref TLevels levels, ref PriceLevel level, in Order order)
    {
        level.Oldest = order.Next;
        level.Count--;
        if (level.Oldest < 0)
        {
            level.Youngest = -1;
            levels.Remove(order.Level);
        }
    }

    private void Append(ref PriceLevel level, int slot, ref Order order)
    {
        var youngest = level.Youngest;
        order.Next = -1;
        order.Previous = youngest;
        if (youngest >= 0)
        {
            orders.Edit(youngest).Next = slot;
        }
        else
        {
            level.Oldest = slot;
        }

        level.Youngest = slot;
        level.Count++;
    }

    private void Unlink(ref PriceLevel level, int slot, in Order order)
    {
        var (next, previous) = (order.Next, order.Previous);
        level.Count--;
        if (slot == level.Oldest)
        {
            level.Oldest = next; // What stands before the oldest is never asked.
            level.Youngest = next < 0 ? -1 : level.Youngest;
            return;
        }

        orders.Edit(previous).Next = next;
        if (next >= 0)
        {
            orders.Edit(next).Previous = previous;
        }
        else
        {
            level.Youngest = previous;
        }
    }
}
