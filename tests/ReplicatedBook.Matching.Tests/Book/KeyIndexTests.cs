using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Tests.Testing;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Goal: the map from keys to slots is right while it grows, and growing is spread. Method: it must agree with
/// a dictionary, under operations drawn so that entries often wait in the old table.</summary>
public sealed class KeyIndexTests
{
    [Theory]
    [InlineData(1, 1_500)]
    [InlineData(2, 5_000)]
    [InlineData(3, 30_000)]
    public void Index_and_dictionary_agree_while_the_index_grows(int seed, int size)
    {
        var draws = new Random(seed);
        var (steps, growing) = (0, 0);
        while (steps < 200_000)
        {
            var (index, naive, live) = (new KeyIndex(), new Dictionary<long, int>(), new List<long>());
            while (live.Count < size)
            {
                steps++;
                growing += index.OldCount > 0 ? 1 : 0;
                Change(index, naive, live, draws);
                RequireEqual(index, naive, live.Count == 0 ? 0 : live[draws.Next(live.Count)]);
                RequireEqual(index, naive, Keys.Draw(draws));
            }

            RequireEqualWholly(index, naive, live);
            Empty(index, naive, live, draws);
        }

        Assert.InRange(growing, steps / 5, steps);
    }

    [Fact]
    public void Addition_moves_few_entries_and_the_old_table_is_empty_before_the_next_doubling()
    {
        var index = new KeyIndex();
        var doublings = 0;
        for (var key = 1; key <= 1 << 18; key++)
        {
            var before = index.OldCount;
            index.Add(key * 1_000_003L, key);
            if (before == 0 && index.OldCount > 0)
            {
                doublings++;
                Assert.Equal(key - 1, index.OldCount);
            }
            else
            {
                Assert.InRange(before - index.OldCount, 0, ProbeTable.Step);
            }
        }

        Assert.Equal(0, index.OldCount);
        Assert.Equal(8, doublings); // From 2^11 places, the least that is not moved at once, to 2^19.
    }

    private static void Change(KeyIndex index, Dictionary<long, int> naive, List<long> live, Random draws)
    {
        var draw = draws.Next(100);
        var slot = draws.Next();
        if (draw < (index.OldCount > 0 ? 20 : 80))
        {
            var key = Keys.Draw(draws);
            if (naive.TryAdd(key, slot))
            {
                live.Add(key);
                index.Add(key, slot);
            }
        }
        else if (live.Count > 0 && draw % 4 == 0)
        {
            var key = live[draws.Next(live.Count)];
            index.Replace(key, slot);
            naive[key] = slot;
        }
        else if (live.Count > 0 && draw % 4 == 1)
        {
            Remove(index, naive, live, draws.Next(live.Count));
        }
    }

    private static void Empty(KeyIndex index, Dictionary<long, int> naive, List<long> live, Random draws)
    {
        while (live.Count > 0)
        {
            Remove(index, naive, live, draws.Next(live.Count));
            RequireEqual(index, naive, live.Count == 0 ? 0 : live[draws.Next(live.Count)]);
        }

        Assert.Equal(0, index.Count);
        Assert.Equal(0, index.OldCount);
    }

    private static void Remove(KeyIndex index, Dictionary<long, int> naive, List<long> live, int position)
    {
        var key = live[position];
        live[position] = live[^1];
        live.RemoveAt(live.Count - 1);
        naive.Remove(key);
        index.Remove(key);
        Assert.Equal(-1, index.Find(key));
    }

    private static void RequireEqual(KeyIndex index, Dictionary<long, int> naive, long key)
    {
        Assert.Equal(naive.Count, index.Count);
        Assert.Equal(naive.TryGetValue(key, out var slot) ? slot : -1, index.Find(key));
    }

    private static void RequireEqualWholly(KeyIndex index, Dictionary<long, int> naive, List<long> live)
    {
        foreach (var key in live)
        {
            Assert.Equal(naive[key], index.Find(key));
        }
    }
}
