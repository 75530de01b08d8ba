using ReplicatedBook.Consensus.Log;

namespace ReplicatedBook.Consensus.Tests.Log;

/// <summary>Goal: pages show nothing but the entries on them. Method: the same changes to a list.</summary>
public sealed class EntryPagesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void They_hold_what_a_list_holds(int seed)
    {
        var random = new Random(seed);
        var pages = new EntryPages();
        var list = new List<LogEntry>();
        var next = 0L;
        for (var round = 0; round < 2_000; round++)
        {
            switch (random.Next(4))
            {
                case 0:
                    var first = random.Next(list.Count + 1);
                    pages.RemoveFirst(first);
                    list.RemoveRange(0, first);
                    break;
                case 1:
                    var position = list.Count - random.Next(Math.Min(list.Count, 700) + 1);
                    pages.RemoveFrom(position);
                    list.RemoveRange(position, list.Count - position);
                    break;
                case 2 when random.Next(100) == 0:
                    pages.RemoveAll();
                    list.Clear();
                    break;
                default:
                    for (var count = random.Next(1_500); count > 0; count--)
                    {
                        var entry = new LogEntry(++next, 1, EntryKind.Command, default);
                        pages.Add(in entry);
                        list.Add(entry);
                    }

                    break;
            }

            Assert.Equal(list.Count, pages.Count);
            var start = random.Next(list.Count + 1);
            var copy = new LogEntry[random.Next(list.Count - start + 1)];
            pages.CopyTo(start, copy);
            Assert.Equal(list.GetRange(start, copy.Length), copy);
            Assert.All(copy, (entry, i) => Assert.Equal(entry, pages[start + i]));
        }
    }

    [Fact]
    public void Pages_that_became_free_are_used_again()
    {
        var pages = new EntryPages();
        Fill();
        pages.RemoveFirst(pages.Count - 10);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Fill();
        pages.RemoveFirst(pages.Count - 10);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000); // A page has 20 KiB.

        void Fill()
        {
            for (var i = 0; i < 100_000; i++)
            {
                pages.Add(new LogEntry(i, 1, EntryKind.Command, default));
            }
        }
    }

    [Fact]
    public void What_was_removed_is_not_kept()
    {
        var pages = new EntryPages();
        var payloads = new[]
        {
            AddAndRemove(pages, () => pages.RemoveFirst(1)),
            AddAndRemove(pages, () => pages.RemoveFrom(0)),
        };

        GC.Collect();

        Assert.DoesNotContain(payloads, payload => payload.IsAlive);
        GC.KeepAlive(pages);
    }

    private static WeakReference AddAndRemove(EntryPages pages, Action remove)
    {
        var payload = new byte[100];
        pages.Add(new LogEntry(1, 1, EntryKind.Command, payload));
        remove();
        return new WeakReference(payload);
    }
}
