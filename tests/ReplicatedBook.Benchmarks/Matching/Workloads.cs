namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>The workloads, each drawn from a fixed seed. Prices are in ticks around a middle that starts at 100,000 and
/// moves by a tick now and then.</summary>
internal static class Workloads
{
    private const int Books = 100;
    private const int BuildDistance = 1_000;
    private const int MixDistance = 900; // As far as 1,000 orders leave about 750 levels.
    private const int MixOrders = 1_000;
    private const long Payout = 100;

    /// <summary>60 % passive orders, 30 % cancels of any live order, 10 % orders 10 ticks through the other side's
    /// best, whose size keeps about 4,700 orders alive.</summary>
    public static Workload Mixed(int count)
    {
        var random = new Xoroshiro128Plus(0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9);
        var builder = new WorkloadBuilder(count);
        var middle = new Middle();
        while (!builder.IsFull)
        {
            middle.Move(random, builder.Count);
            MixedStep(builder, random, middle.Price, book: 0, ordersWanted: 5_000);
        }

        return builder.Build("W1 mixed");
    }

    /// <summary>48 % passive orders, 4 % cancels, 48 % orders 20 ticks through the other side's best; one in 1,024 of
    /// those is a hundred times as large.</summary>
    public static Workload Matching(int count)
    {
        var random = new Xoroshiro128Plus(0xD1B54A32D192ED03, 0x94D049BB133111EB);
        var builder = new WorkloadBuilder(count);
        var (book, live, middle) = (builder.Book(), builder.Live(), new Middle());
        while (!builder.IsFull)
        {
            middle.Move(random, builder.Count);
            var kind = random.Unit();
            if (kind < 0.04 && live.Count > 0)
            {
                builder.Cancel(live[random.Below(live.Count)].Id);
                continue;
            }

            var isBuy = random.Unit() < 0.5;
            if (kind < 0.52 || !book.HasBest(!isBuy))
            {
                builder.Place(isBuy, Passive(random, middle.Price, isBuy, mean: 10), 1 + random.Below(10));
                continue;
            }

            var most = (int)(2 * Math.Min(4, live.Count / 2_000.0) * 5.5) + 1;
            var lots = (1 + random.Below(most)) * (random.Below(1_024) == 0 ? 100 : 1);
            builder.Place(isBuy, book.Best(!isBuy) + (isBuy ? 20 : -20), lots);
        }

        return builder.Build("W2 matching");
    }

    /// <summary>Passive orders over 1,000 ticks of either side, then the cancels of all in any order.</summary>
    public static Workload BuildAndCancel(int count)
    {
        var random = new Xoroshiro128Plus(0x2545F4914F6CDD1D, 0x9FB21C651E98DF25);
        var builder = new WorkloadBuilder(count);
        var ids = new int[count / 2];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = i + 1;
            var isBuy = random.Unit() < 0.5;
            var distance = 1 + random.Below(BuildDistance);
            builder.Place(isBuy, Middle.Start + (isBuy ? -distance : distance), 1 + random.Below(100));
        }

        for (var i = ids.Length - 1; i >= 0; i--)
        {
            var other = random.Below(i + 1);
            (ids[i], ids[other]) = (ids[other], ids[i]);
            builder.Cancel(ids[i]);
        }

        return builder.Build("W3 build, cancel");
    }

    /// <summary>9 % orders, 3 % immediate ones, 6 % cancels, 82 % moves of any live order to another price, on about
    /// 1,000 orders.</summary>
    public static Workload ExchangeMix(int count)
    {
        var random = new Xoroshiro128Plus(0x8CB92BA72F3D8DD7, 0xA0761D6478BD642F);
        var builder = new WorkloadBuilder(count);
        var (book, live, middle) = (builder.Book(), builder.Live(), new Middle());
        var isFilled = false;
        while (!builder.IsFull)
        {
            middle.Move(random, builder.Count);
            isFilled |= live.Count >= MixOrders;
            var kind = isFilled ? random.Unit() : 0;
            if (kind >= 0.12 && live.Count > 0)
            {
                var order = live[random.Below(live.Count)];
                if (kind < 0.18)
                {
                    builder.Cancel(order.Id);
                }
                else
                {
                    var price = Spread(random, middle.Price, order.IsBuy);
                    builder.Move(order, price == order.Price ? price + (order.IsBuy ? -1 : 1) : price);
                }

                continue;
            }

            var isBuy = random.Unit() < 0.5;
            if (kind < 0.09 || !book.HasBest(!isBuy))
            {
                builder.Place(isBuy, Spread(random, middle.Price, isBuy), 1 + random.Below(100));
                continue;
            }

            // On average one order's worth when there are as many orders as there should be.
            var most = (int)(100.0 * live.Count / MixOrders) + 1;
            builder.PlaceImmediate(isBuy, book.Best(!isBuy) + (isBuy ? 50 : -50), 1 + random.Below(most));
        }

        return builder.Build("W4 moves");
    }

    /// <summary>The operations of <see cref="Mixed"/> over 100 books, the nth as often as 1/n, with at most about 500
    /// orders each.</summary>
    public static Workload ManyBooks(int count)
    {
        var random = new Xoroshiro128Plus(0xE7037ED1A0B428DB, 0x589965CC75374CC3);
        var builder = new WorkloadBuilder(count, Books);
        var middles = new Middle[Books];
        var steps = new int[Books];
        var shares = new double[Books];
        for (var (book, sum) = (0, 0.0); book < Books; book++)
        {
            middles[book] = new Middle();
            shares[book] = sum += 1.0 / (book + 1);
        }

        while (!builder.IsFull)
        {
            var found = Array.BinarySearch(shares, random.Unit() * shares[^1]);
            var book = found < 0 ? ~found : found + 1;
            middles[book].Move(random, steps[book]++);
            MixedStep(builder, random, middles[book].Price, book, ordersWanted: 500);
        }

        return builder.Build("W5 100 books");
    }

    /// <summary>The operations of <see cref="Mixed"/> on the book of two outcomes: 99 prices, and nearer to the
    /// middle. Half of the orders are sent as orders of the second outcome.</summary>
    public static Workload Outcomes(int count)
    {
        var random = new Xoroshiro128Plus(0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9);
        var builder = new WorkloadBuilder(count);
        var middle = new Middle(Payout / 2, farthest: 30);
        while (!builder.IsFull)
        {
            middle.Move(random, builder.Count);
            MixedStep(builder, random, middle.Price, book: 0, ordersWanted: 5_000, mean: 5, highest: Payout - 1);
        }

        return builder.Build("W6 two outcomes") with { Payout = Payout };
    }

    private static void MixedStep(
        WorkloadBuilder builder, Xoroshiro128Plus random, long middle, int book, int ordersWanted, int mean = 15,
        long highest = long.MaxValue)
    {
        var live = builder.Live(book);
        var kind = random.Unit();
        if (kind < 0.3 && live.Count > 0)
        {
            builder.Cancel(live[random.Below(live.Count)].Id, book);
            return;
        }

        var isBuy = random.Unit() < 0.5;
        if (kind < 0.9 || !builder.Book(book).HasBest(!isBuy))
        {
            var passive = Math.Clamp(Passive(random, middle, isBuy, mean), 1, highest);
            builder.Place(isBuy, passive, 1 + random.Below(100), book);
            return;
        }

        var most = (int)(2 * (3.0 * live.Count / ordersWanted) * 50) + 1;
        var price = Math.Clamp(builder.Book(book).Best(!isBuy) + (isBuy ? 10 : -10), 1, highest);
        builder.Place(isBuy, price, 1 + random.Below(most), book);
    }

    private static long Passive(Xoroshiro128Plus random, long middle, bool isBuy, int mean)
    {
        var distance = Math.Min(1 + (long)(-Math.Log(1 - random.Unit()) * mean), 400);
        return isBuy ? middle - distance : middle + distance;
    }

    private static long Spread(Xoroshiro128Plus random, long middle, bool isBuy)
    {
        var distance = 1 + random.Below(MixDistance);
        return isBuy ? middle - distance : middle + distance;
    }
}
