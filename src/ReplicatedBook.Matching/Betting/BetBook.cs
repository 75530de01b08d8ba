using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Pages;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Betting;

/// <summary>The bets that rest on one claim: those that buy it and those that sell it, in exact order of price, at one
/// price oldest first. A book of two runners holds the bets on both.</summary>
/// <param name="bets">Where the bets are.</param>
/// <param name="ranks">Prices of the claim.</param>
internal sealed class BetBook(PagedPool<Bet> bets, int ranks)
{
    private LadderLevels _buys = new(0, ranks);
    private LadderLevels _sells = new(0, ranks);

    /// <summary>The levels of a side.</summary>
    public ref LadderLevels Levels(Side side)
    {
        if (side == Side.Buy)
        {
            return ref _buys;
        }

        return ref _sells;
    }

    /// <summary>The key of a price on a side: the larger is the better.</summary>
    public int KeyOf(Side side, int rank) => side == Side.Buy ? rank : ranks - 1 - rank;

    /// <summary>Of a key on one side, the key of the same price on the other: the worst that it meets.</summary>
    public int Mirrored(int key) => ranks - 1 - key;

    /// <summary>Puts a bet behind all others of its level.</summary>
    public void Add(int slot, Side side)
    {
        ref var bet = ref bets.Edit(slot);
        ref var levels = ref Levels(side);
        ref var level = ref levels[levels.FindOrAdd(bet.Key)];
        bet.Next = -1;
        bet.Previous = level.Youngest;
        if (level.Youngest >= 0)
        {
            bets.Edit(level.Youngest).Next = slot;
        }
        else
        {
            level.Oldest = slot;
        }

        level.Youngest = slot;
        level.Lots += bet.Remaining;
        level.Count++;
    }

    /// <summary>Takes a bet out.</summary>
    public void Remove(int slot, Side side)
    {
        ref readonly var bet = ref bets[slot];
        ref var levels = ref Levels(side);
        ref var level = ref levels[bet.Key];
        if (bet.Previous >= 0)
        {
            bets.Edit(bet.Previous).Next = bet.Next;
        }
        else
        {
            level.Oldest = bet.Next;
        }

        if (bet.Next >= 0)
        {
            bets.Edit(bet.Next).Previous = bet.Previous;
        }
        else
        {
            level.Youngest = bet.Previous;
        }

        level.Lots -= bet.Remaining;
        if (--level.Count == 0)
        {
            levels.Remove(bet.Key);
        }
    }
}
