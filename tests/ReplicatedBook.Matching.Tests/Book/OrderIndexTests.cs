using ReplicatedBook.Matching.Book;

namespace ReplicatedBook.Matching.Tests.Book;

public sealed class OrderIndexTests
{
    private const long BlockSize = 16_384; // Of them 256 stand in the circle.
    private const long Stay = 5_500_000;

    [Fact]
    public void Order_is_found_among_the_open_and_then_among_the_closed()
    {
        var index = new OrderIndex();
        index.AddOpen(1, 0);
        index.AddOpen(2, 7);
        index.SetClosed(1, 0, isNew: false);
        Assert.Equal((0, false), Find(index, 1));
        Assert.Equal((7, true), Find(index, 2));
        Assert.Equal((-1, false), Find(index, 3));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Any_number_may_be_looked_for(long id)
    {
        var index = new OrderIndex();
        Assert.Equal((-1, false), Find(index, id));
        index.AddOpen(1, 3);
        Assert.Equal((-1, false), Find(index, id));
    }

    [Fact]
    public void Block_whose_orders_are_all_forgotten_is_used_again_empty()
    {
        var index = new OrderIndex();
        for (var id = 1L; id <= 600; id++)
        {
            index.AddOpen(id, (int)id);
            index.SetClosed(id, (int)id, isNew: false);
        }

        for (var id = 1L; id <= 600; id++)
        {
            index.Forget(id);
        }

        // What 1 to 600 stood in now serves one of these; all but the named ids must be unknown there.
        index.AddOpen(20_000, 1);
        index.AddOpen(40_000, 2);
        index.AddOpen(60_000, 3);
        foreach (var id in new long[] { 20_000, 40_000, 60_000 })
        {
            Assert.Equal(((int)id / 20_000, true), Find(index, id));
            for (var other = id - (id % BlockSize); other < id; other++)
            {
                Assert.Equal((-1, false), Find(index, other));
            }
        }

        Assert.Equal((-1, false), Find(index, 300));
    }

    [Fact]
    public void Order_is_found_closed_and_forgotten_when_millions_came_after_it()
    {
        var index = new OrderIndex();
        index.AddOpen(1, 10);
        index.AddOpen(2, 20);
        index.AddOpen(10_000_000, 30);
        Assert.Equal((10, true), Find(index, 1));
        index.SetClosed(1, 11, isNew: false);
        Assert.Equal((11, false), Find(index, 1));
        index.Forget(1);
        Assert.Equal((20, true), Find(index, 2));
        index.SetClosed(2, 21, isNew: false);
        index.Forget(2); // The last of its page, which then serves other ids.
        Assert.Equal((-1, false), Find(index, 2));
        index.SetClosed(1_000_002, 40, isNew: true);
        Assert.Equal((40, false), Find(index, 1_000_002));
        Assert.Equal((-1, false), Find(index, 1_000_001));
        Assert.Equal((-1, false), Find(index, 1_000_002 - (1_000_002 % 256) + 2)); // Where 2 stood.
        Assert.Equal((30, true), Find(index, 10_000_000));
    }

    /// <summary>Method: ids millions apart and near to one another, in any order, a dictionary beside them.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Orders_are_found_however_far_the_newest_id_is_ahead(int seed)
    {
        var (index, model, random) = (new OrderIndex(), new Dictionary<long, int>(), new Random(seed));
        var newest = 1L;
        for (var i = 0; i < 6_000; i++)
        {
            newest += random.Next(100) == 0 ? random.NextInt64(20_000_000) : random.Next(300);
            var id = random.Next(3) == 0 ? random.NextInt64(1, newest + 1) : newest;
            if (random.Next(4) == 0 && model.Count > 0)
            {
                id = model.Keys.ElementAt(random.Next(Math.Min(50, model.Count)));
                model.Remove(id);
                index.SetClosed(id, 0, isNew: false);
                index.Forget(id);
            }
            else if (model.TryAdd(id, i))
            {
                index.AddOpen(id, i);
            }

            var known = random.Next(2) == 0 && model.Count > 0
                ? model.Keys.ElementAt(random.Next(Math.Min(500, model.Count)))
                : random.NextInt64(newest + 1);
            if (model.TryGetValue(known, out var slot))
            {
                Assert.Equal((slot, true), Find(index, known));
            }
            else
            {
                Assert.False(Find(index, known).IsOpen);
            }
        }

        Assert.All(model, order => Assert.Equal((order.Value, true), Find(index, order.Key)));
    }

    [Fact]
    public void Ids_go_on_where_all_before_are_forgotten()
    {
        var index = new OrderIndex();
        for (var id = 1L; id <= 2_000; id++)
        {
            index.AddOpen(id, 5);
            Assert.Equal((5, true), Find(index, id));
            index.SetClosed(id, 6, isNew: false);
            Assert.Equal((6, false), Find(index, id));
            index.Forget(id);
        }
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(100_000)]
    [InlineData(100_000_000)]
    public void Forgetting_what_is_not_known_ends_the_process(long id)
    {
        var index = new OrderIndex();
        index.SetClosed(1, 0, isNew: true);
        Assert.Throws<InvariantViolatedException>(() => index.Forget(id));
    }

    [Theory]
    [InlineData(20_000)]
    [InlineData(1)]
    [InlineData(5_000_000)]
    public void Closing_what_is_far_from_all_that_is_known_ends_the_process(long id)
    {
        var index = new OrderIndex();
        index.AddOpen(4_900_000, 0);
        Assert.Throws<InvariantViolatedException>(() => index.SetClosed(id, 0, isNew: false));
    }

    [Fact]
    public void Orders_stay_known_while_the_circle_turns()
    {
        var index = new OrderIndex();
        for (var block = 0; block < 600; block++)
        {
            index.AddOpen((block * BlockSize) + block, block);
            for (var other = 0; other <= block; other++)
            {
                Assert.Equal((other, true), Find(index, (other * BlockSize) + other));
            }
        }

        Assert.Equal(256, index.BlockCount);
        Assert.Equal(600 - 256, index.OlderPageCount);
    }

    [Theory]
    [InlineData(255, 3, 0)]
    [InlineData(256, 2, 1)]
    [InlineData(257, 2, 1)]
    [InlineData(258, 1, 2)]
    [InlineData(511, 1, 2)]
    [InlineData(513, 1, 2)]
    [InlineData(600, 1, 2)]
    public void Blocks_that_a_jump_leaves_behind_keep_their_orders(int blocks, int inCircle, int older)
    {
        var index = new OrderIndex();
        index.AddOpen(5, 50);
        index.AddOpen((2 * BlockSize) + 5, 60);
        index.AddOpen(((long)blocks * BlockSize) + 5, 70);
        Assert.Equal((50, true), Find(index, 5));
        Assert.Equal((60, true), Find(index, (2 * BlockSize) + 5));
        Assert.Equal((70, true), Find(index, ((long)blocks * BlockSize) + 5));
        Assert.Equal((inCircle, older), (index.BlockCount, index.OlderPageCount));
        for (var block = 0; block <= blocks; block++)
        {
            if (block != 0 && block != 2 && block != blocks)
            {
                Assert.Equal((-1, false), Find(index, ((long)block * BlockSize) + 5));
            }
        }
    }

    /// <summary>Method: every 5,000th order stays open until it is far behind the circle; all others close at once and
    /// are forgotten 1,000 orders later.</summary>
    [Fact]
    public void Warm_index_allocates_nothing_and_keeps_nothing_of_what_is_forgotten()
    {
        var index = new OrderIndex();
        Walk(index, 1, 12_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Walk(index, 12_000_001, 14_000_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        for (var id = 14_000_001 - Stay; id <= 14_000_000; id++)
        {
            if (id % 5_000 == 0)
            {
                index.SetClosed(id, 1, isNew: false);
                index.Forget(id);
            }
            else if (id > 14_000_000 - 1_000)
            {
                index.Forget(id);
            }
        }

        Assert.Equal((1, 0), (index.BlockCount, index.OlderPageCount));
    }

    private static void Walk(OrderIndex index, long first, long last)
    {
        for (var id = first; id <= last; id++)
        {
            if (id % 5_000 == 0)
            {
                index.AddOpen(id, 1);
            }
            else
            {
                index.SetClosed(id, 2, isNew: true);
            }

            if (id - 1_000 > 0 && (id - 1_000) % 5_000 != 0)
            {
                index.Forget(id - 1_000);
            }

            if (id - Stay > 0 && (id - Stay) % 5_000 == 0)
            {
                index.SetClosed(id - Stay, 1, isNew: false);
                index.Forget(id - Stay);
            }
        }
    }

    private static (int Slot, bool IsOpen) Find(OrderIndex index, long id) => (index.Find(id, out var isOpen), isOpen);
}
