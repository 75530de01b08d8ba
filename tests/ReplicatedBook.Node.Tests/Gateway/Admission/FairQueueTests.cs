using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway.Admission;

namespace ReplicatedBook.Node.Tests.Gateway.Admission;

/// <summary>Goal: who floods waits for itself, and nobody waits for ever. Method: arrivals by hand.</summary>
public sealed class FairQueueTests
{
    private const long Limit = 50;
    private static readonly CommandSource Flooder = Source(1);
    private static readonly CommandSource Other = Source(2);

    [Fact]
    public void Sources_take_turns_each_in_its_own_order()
    {
        var queue = new FairQueue<string>(100);
        foreach (var item in new[] { "f1", "f2", "f3", "f4" })
        {
            Assert.Null(queue.Add(Flooder, item, 0));
        }

        queue.Add(Other, "o1", 0);
        queue.Add(Source(3), "p1", 0);
        queue.Add(Other, "o2", 0);

        Assert.Equal(["f1", "o1", "p1", "f2", "o2", "f3", "f4"], TakeAll(queue));
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void Whoever_comes_while_another_floods_is_next_but_one()
    {
        var queue = new FairQueue<string>(10_000);
        for (var i = 0; i < 5_000; i++)
        {
            queue.Add(Flooder, $"f{i}", 0);
        }

        queue.Add(Other, "o", 0);

        Assert.Equal("f0", queue.TakeNext(_ => true));
        Assert.Equal("o", queue.TakeNext(_ => true));
    }

    [Fact]
    public void A_full_queue_refuses_the_newest_of_who_has_the_most()
    {
        var queue = new FairQueue<string>(3);
        queue.Add(Flooder, "f1", 0);
        queue.Add(Flooder, "f2", 0);
        queue.Add(Flooder, "f3", 0);

        Assert.Equal("f3", queue.Add(Other, "o1", 0));
        Assert.Equal("f4", queue.Add(Flooder, "f4", 0));
        Assert.Equal(["f1", "o1", "f2"], TakeAll(queue));
    }

    [Fact]
    public void Who_waited_too_long_goes_first_come_first_whatever_the_source()
    {
        var queue = new FairQueue<string>(100);
        queue.Add(Flooder, "f1", 0);
        queue.Add(Other, "o1", 10);
        queue.Add(Flooder, "f2", 20);

        Assert.Null(queue.TakeOverdue(Limit - 1, Limit));
        Assert.Equal("f1", queue.TakeOverdue(Limit + 10, Limit));
        Assert.Equal("o1", queue.TakeOverdue(Limit + 10, Limit));
        Assert.Null(queue.TakeOverdue(Limit + 10, Limit));
        Assert.Equal(["f2"], TakeAll(queue));
    }

    [Fact]
    public void A_source_whose_line_ran_empty_comes_back_at_the_end_of_the_round()
    {
        var queue = new FairQueue<string>(100);
        queue.Add(Flooder, "f1", 0);
        queue.Add(Flooder, "f2", 0);
        queue.Add(Other, "o1", 0);
        Assert.Equal("f1", queue.TakeNext(_ => true));
        Assert.Equal("o1", queue.TakeNext(_ => true));

        queue.Add(Other, "o2", 0);

        Assert.Equal(["f2", "o2"], TakeAll(queue));
    }

    private static List<string> TakeAll(FairQueue<string> queue)
    {
        var taken = new List<string>();
        while (queue.TakeNext(_ => true) is { } item)
        {
            taken.Add(item);
        }

        return taken;
    }

    private static CommandSource Source(long account) => new(new AccountId(account), null);
}
