using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Pages;

namespace ReplicatedBook.Matching.Tests.Pages;

/// <summary>Goal: an image shows what was there when it was taken, whatever happens to the array. Method: random
/// changes, growth and images, some held for long, beside copies of a plain list.</summary>
public sealed class PagedArrayTests
{
    private static readonly int Several = 3 * PageSize<long>.Items;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Images_stay_as_they_were(int seed)
    {
        var random = new Random(seed);
        var array = new PagedArray<Large>();
        var model = new List<long>();
        var images = new List<(FrozenArray<Large> Image, long[] Copy)>();
        for (var round = 0; round < 200; round++)
        {
            for (var grown = random.Next(20); grown > 0; grown--)
            {
                array.Ensure(model.Count);
                model.Add(0);
            }

            for (var changes = model.Count == 0 ? 0 : random.Next(50); changes > 0; changes--)
            {
                var slot = random.Next(model.Count);
                ref var item = ref Edit(array, random.Next(3), slot);
                model[slot] = item[0] = random.NextInt64();
                if (random.Next(10) == 0)
                {
                    ClearPair(array, model, random.Next(model.Count) & ~1);
                }
            }

            if (random.Next(3) == 0)
            {
                images.Add((array.Freeze(), [.. model]));
            }

            var ends = random.Next(12) == 0 ? images.Count : random.Next(4) == 0 ? Math.Min(images.Count, 1) : 0;
            for (; ends > 0; ends--)
            {
                var ended = random.Next(images.Count);
                RequireEqual(images[ended]);
                images[ended].Image.End();
                images.RemoveAt(ended);
            }
        }

        Assert.InRange(model.Count, 2 * PageSize<Large>.FirstItems, int.MaxValue);
        images.ForEach(RequireEqual);
        for (var slot = 0; slot < model.Count; slot++)
        {
            Assert.Equal(model[slot], array[slot][0]);
        }
    }

    private static ref Large Edit(PagedArray<Large> array, int way, int slot)
    {
        if (way == 0)
        {
            return ref array.Edit(slot);
        }

        return ref way == 1 ? ref array.EditNear(slot) : ref array.EditFar(slot);
    }

    private static void ClearPair(PagedArray<Large> array, List<long> model, int slot)
    {
        if (slot + 1 < model.Count)
        {
            array.Edit(slot, 2).Clear();
            model[slot] = model[slot + 1] = 0;
        }
    }

    [Fact]
    public void Items_beyond_a_page_are_not_given_out_with_those_in_it()
    {
        var array = new PagedArray<long>();
        array.Ensure(PageSize<long>.FirstItems + PageSize<long>.Items);
        Assert.ThrowsAny<SystemException>(
            () => array.Edit(PageSize<long>.FirstItems + PageSize<long>.Items - 1, 2).Clear());
    }

    [Fact]
    public void Fetching_ahead_of_any_item_changes_nothing()
    {
        var array = new PagedArray<Large>();
        for (var slot = 0; slot < PageSize<Large>.FirstItems + (2 * PageSize<Large>.Items); slot++)
        {
            array.Ensure(slot);
            array.Edit(slot)[0] = slot;
            CacheLines.FetchAheadOf(in array[slot]); // As a rule beyond the end of the first array and of pages.
            CacheLines.FetchAheadOf(in array[slot / 2]);
        }

        for (var slot = 0; slot < PageSize<Large>.FirstItems + (2 * PageSize<Large>.Items); slot++)
        {
            Assert.Equal(slot, array[slot][0]);
        }
    }

    [Fact]
    public void Only_pages_that_change_are_copied()
    {
        var array = new PagedArray<long>();
        array.Ensure(Several - 1);
        var image = array.Freeze();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var slot = 0; slot < PageSize<long>.Items; slot++)
        {
            array.Edit(slot) = slot;
        }

        var copied = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(copied, PageSize<long>.Items * sizeof(long), 2 * PageSize<long>.Items * sizeof(long));
        Assert.Equal(0, image[7]);
    }

    [Fact]
    public void Nothing_is_copied_for_an_image_that_has_ended()
    {
        var array = new PagedArray<long>();
        array.Ensure(Several - 1);
        array.Freeze().End();
        array.Edit(0) = 1;
        var before = GC.GetAllocatedBytesForCurrentThread();
        array.Edit(Several - 1) = 1;

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void RequireEqual((FrozenArray<Large> Image, long[] Copy) held)
    {
        for (var slot = 0; slot < held.Copy.Length; slot++)
        {
            Assert.Equal(held.Copy[slot], held.Image[slot][0]);
        }
    }

    /// <summary>So large that few make a page.</summary>
    [InlineArray(1024)]
    private struct Large
    {
        private long _first;
    }
}
