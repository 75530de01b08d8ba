using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Tests.Testing;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Goal: the index of orders by hash is right while it grows, also where orders share a hash, and growing is
/// spread. Method: it must agree with a dictionary of sets, under operations drawn so that entries often wait in
/// the old table.</summary>
public sealed class ClientOrderIndexTests
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
            var (index, naive) = (new ClientOrderIndex(), new Dictionary<ulong, HashSet<long>>());
            var live = new List<(ulong Hash, long Order)>();
            for (var order = 1L; live.Count < size; order++)
            {
                steps++;
                growing += index.OldCount > 0 ? 1 : 0;
                Change(index, naive, live, order, draws);
                Assert.Equal(live.Count, index.Count);
                RequireEqual(index, naive, live.Count == 0 ? 0 : live[draws.Next(live.Count)].Hash);
                RequireEqual(index, naive, (ulong)Keys.Draw(draws));
            }

            foreach (var (hash, _) in live)
            {
                RequireEqual(index, naive, hash);
            }

            Empty(index, naive, live, draws);
        }

        Assert.InRange(growing, steps / 5, steps);
    }

    [Fact]
    public void Addition_moves_few_entries_and_the_old_table_is_empty_before_the_next_doubling()
    {
        var index = new ClientOrderIndex();
        var doublings = 0;
        for (var order = 1; order <= 1 << 18; order++)
        {
            var before = index.OldCount;
            index.Add((ulong)order * 1_000_003, order);
            if (before == 0 && index.OldCount > 0)
            {
                doublings++;
                Assert.Equal(order - 1, index.OldCount);
            }
            else
            {
                Assert.InRange(before - index.OldCount, 0, ProbeTable.Step);
            }
        }

        Assert.Equal(0, index.OldCount);
        Assert.Equal(8, doublings); // From 2^11 places, the least that is not moved at once, to 2^19.
    }

    private static void Change(
        ClientOrderIndex index, Dictionary<ulong, HashSet<long>> naive, List<(ulong Hash, long Order)> live, long order,
        Random draws)
    {
        var draw = draws.Next(100);
        if (draw < (index.OldCount > 0 ? 20 : 80))
        {
            // One in ten takes the hash of another order.
            var hash = live.Count > 0 && draw % 10 == 0 ? live[draws.Next(live.Count)].Hash : (ulong)Keys.Draw(draws);
            live.Add((hash, order));
            naive.TryAdd(hash, []);
            naive[hash].Add(order);
            index.Add(hash, order);
        }
        else if (live.Count > 0 && draw % 4 == 1)
        {
            Remove(index, naive, live, draws.Next(live.Count));
        }
    }

    private static void Empty(
        ClientOrderIndex index, Dictionary<ulong, HashSet<long>> naive, List<(ulong Hash, long Order)> live,
        Random draws)
    {
        while (live.Count > 0)
        {
            Remove(index, naive, live, draws.Next(live.Count));
            RequireEqual(index, naive, live.Count == 0 ? 0 : live[draws.Next(live.Count)].Hash);
        }

        Assert.Equal(0, index.Count);
        Assert.Equal(0, index.OldCount);
    }

    private static void Remove(
        ClientOrderIndex index, Dictionary<ulong, HashSet<long>> naive, List<(ulong Hash, long Order)> live,
        int position)
    {
        var (hash, order) = live[position];
        live[position] = live[^1];
        live.RemoveAt(live.Count - 1);
        naive[hash].Remove(order);
        index.Remove(hash, order);
        RequireEqual(index, naive, hash);
    }

    private static void RequireEqual(ClientOrderIndex index, Dictionary<ulong, HashSet<long>> naive, ulong hash)
    {
        var place = index.Start(hash);
        var found = new HashSet<long>();
        while (index.Next(hash, ref place) is not 0 and var order)
        {
            Assert.True(found.Add(order), "told twice");
            Assert.Contains(order, naive[hash]);
        }

        Assert.Equal(naive.TryGetValue(hash, out var orders) ? orders.Count : 0, found.Count);
    }
}
