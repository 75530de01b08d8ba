namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>Operations on one book with what a simple matcher made of them.</summary>
/// <param name="Operations">In order; orders have the ids 1, 2, 3, ... as they come.</param>
/// <param name="Trades">How many trades they make.</param>
/// <param name="Lots">Lots of all trades.</param>
/// <param name="PeakOrders">Most orders resting at one time.</param>
/// <param name="PeakLevels">Most price levels at one time.</param>
internal sealed record Workload(Operation[] Operations, long Trades, long Lots, int PeakOrders, int PeakLevels)
{
    /// <summary>How many of the operations place an order.</summary>
    public long Orders { get; } = Operations.LongCount(operation => !operation.IsCancel);

    /// <summary>60 % passive orders, 30 % cancels of any live order, 10 % orders 10 ticks through the other side's
    /// best, whose
    /// size keeps about 4,700 orders alive.</summary>
    public static Workload Mixed(int count)
    {
        var random = new Xoroshiro128Plus(0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9);
        var book = new ReferenceBook();
        var operations = new Operation[count];
        long mid = 100_000;
        for (var i = 0; i < count; i++)
        {
            if (i % 50 == 49)
            {
                var draw = random.Unit();
                mid = Math.Clamp(mid + (draw < 0.3 ? 1 : draw < 0.6 ? -1 : 0), 99_000, 101_000);
            }

            var kind = random.Unit();
            if (kind < 0.3 && book.LiveCount > 0)
            {
                operations[i] = Operation.Cancel(book.CancelAny(random.Below(book.LiveCount)));
                continue;
            }

            var isBuy = random.Unit() < 0.5;
            operations[i] = kind < 0.9 || !book.HasBest(!isBuy)
                ? Passive(random, mid, isBuy)
                : Aggressive(random, book, isBuy);
            book.Place(in operations[i]);
        }

        return new Workload(operations, book.Trades, book.Lots, book.PeakOrders, book.PeakLevels);
    }

    private static Operation Passive(Xoroshiro128Plus random, long mid, bool isBuy)
    {
        var distance = Math.Min(1 + (long)(-Math.Log(1 - random.Unit()) * 15), 400);
        return Operation.Place(isBuy, isBuy ? mid - distance : mid + distance, 1 + random.Below(100));
    }

    private static Operation Aggressive(Xoroshiro128Plus random, ReferenceBook book, bool isBuy)
    {
        var most = (int)(2 * (3.0 * book.LiveCount / 5_000) * 50) + 1;
        return Operation.Place(isBuy, book.Best(!isBuy) + (isBuy ? 10 : -10), 1 + random.Below(most));
    }
}
