using ReplicatedBook.Matching.Book;

namespace ReplicatedBook.Matching.Tests.Book;

public sealed class LadderLevelsTests
{
    [Fact]
    public void Best_is_the_largest_key_and_the_walk_goes_down_from_it()
    {
        var levels = new LadderLevels(lowestKey: 1, prices: 9_999);
        Assert.Equal((-1, 0), (levels.Best, levels.Count));
        foreach (var key in new[] { 500, 9_999, 1, 64, 65, 4_096, 4_097 })
        {
            Assert.Equal(key, levels[levels.FindOrAdd(key)].Key);
        }

        Assert.Equal([9_999, 4_097, 4_096, 500, 65, 64, 1], Walk(in levels));
        Assert.Equal(9_999, levels[levels.Best].Key);
    }

    [Fact]
    public void Removing_the_best_leads_to_the_next_across_words_and_groups_until_none_is_left()
    {
        var levels = new LadderLevels(lowestKey: 0, LadderLevels.MaxPrices);
        var keys = new long[] { 262_143, 262_142, 258_048, 258_047, 5_000, 4_096, 4_095, 128, 64, 63, 0 };
        foreach (var key in keys)
        {
            levels.FindOrAdd(key);
        }

        foreach (var key in keys)
        {
            Assert.Equal(key, levels[levels.Best].Key);
            levels.Remove(levels.Best);
        }

        Assert.Equal((-1, 0), (levels.Best, levels.Count));
    }

    [Fact]
    public void A_level_that_is_there_is_found_with_what_is_in_it_and_one_made_again_is_empty()
    {
        var levels = new LadderLevels(lowestKey: -350, prices: 350);
        var slot = levels.FindOrAdd(-7);
        levels[slot].Lots = 12;
        Assert.Equal(slot, levels.FindOrAdd(-7));
        Assert.Equal((12, 1), (levels[slot].Lots, levels.Count));

        levels.Remove(slot);
        ref readonly var again = ref levels[levels.FindOrAdd(-7)];
        Assert.Equal((-7L, 0L, -1, -1, 0), (again.Key, again.Lots, again.Oldest, again.Youngest, again.Count));
    }

    [Fact]
    public void Levels_stay_in_their_slots_while_memory_grows_to_both_sides()
    {
        var levels = new LadderLevels(lowestKey: 1, prices: 9_999);
        var keys = new long[] { 5_000, 5_001, 4_990, 6_000, 4_000, 9_999, 1 };
        var slots = new int[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            slots[i] = levels.FindOrAdd(keys[i]);
            levels[slots[i]].Lots = keys[i] * 10;
            for (var before = 0; before <= i; before++)
            {
                ref readonly var level = ref levels[slots[before]];
                Assert.Equal((keys[before], keys[before] * 10), (level.Key, level.Lots));
            }
        }
    }

    [Fact]
    public void A_key_outside_of_the_range_ends_the_process()
    {
        var levels = new LadderLevels(lowestKey: 1, prices: 350);
        Assert.Throws<InvariantViolatedException>(() => levels.FindOrAdd(0));
        Assert.Throws<InvariantViolatedException>(() => levels.FindOrAdd(351));
        Assert.Throws<InvariantViolatedException>(() => levels.FindOrAdd(long.MinValue));
        Assert.Throws<InvariantViolatedException>(() => new LadderLevels(1, LadderLevels.MaxPrices + 1));
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 350)]
    [InlineData(3, 9_999)]
    [InlineData(4, LadderLevels.MaxPrices)]
    public void Ladder_and_sorted_levels_have_the_same_levels_in_the_same_order(int seed, int prices)
    {
        var random = new Random(seed);
        var (ladder, sorted) = (new LadderLevels(lowestKey: -5, prices), new SortedLevels());
        for (var step = 0; step < 20_000; step++)
        {
            var key = random.Next(prices) - 5L;
            if (random.Next(2) == 0 || sorted.Count == 0)
            {
                ladder.FindOrAdd(key);
                sorted.FindOrAdd(key);
            }
            else
            {
                // The best, or the level of a key that there is.
                var (slot, other) = random.Next(3) == 0
                    ? (ladder.Best, sorted.Best)
                    : (ladder.FindOrAdd(key), sorted.FindOrAdd(key));
                ladder.Remove(slot);
                sorted.Remove(other);
            }

            Assert.Equal(sorted.Count, ladder.Count);
            if (step % 100 == 0)
            {
                Assert.Equal(Walk(in sorted), Walk(in ladder));
            }
        }
    }

    private static List<long> Walk<TLevels>(in TLevels levels)
        where TLevels : struct, IPriceLevels
    {
        var copy = levels;
        var (keys, place) = (new List<long>(), OrderBook.FromBest);
        while (copy.Next(ref place) is >= 0 and var slot)
        {
            keys.Add(copy[slot].Key);
        }

        return keys;
    }
}
