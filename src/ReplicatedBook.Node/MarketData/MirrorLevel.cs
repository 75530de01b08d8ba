namespace ReplicatedBook.Node.MarketData;

/// <summary>The orders at one price of a mirrored book, oldest first.</summary>
/// <param name="price">In ticks.</param>
internal sealed class MirrorLevel(long price)
{
    public long Price => price;

    /// <summary>Lots that are shown.</summary>
    public long Lots { get; set; }

    public int Count { get; private set; }

    public MirrorOrder? Oldest { get; private set; }

    public MirrorOrder? Youngest { get; private set; }

    /// <summary>Puts an order, which is at no level, behind all others.</summary>
    public void Append(MirrorOrder order)
    {
        (order.Level, order.Previous, order.Next) = (this, Youngest, null);
        if (Youngest is null)
        {
            Oldest = order;
        }
        else
        {
            Youngest.Next = order;
        }

        Youngest = order;
        Lots += order.Shown;
        Count++;
    }

    /// <summary>Takes an order out.</summary>
    public void Remove(MirrorOrder order)
    {
        if (order.Previous is null)
        {
            Oldest = order.Next;
        }
        else
        {
            order.Previous.Next = order.Next;
        }

        if (order.Next is null)
        {
            Youngest = order.Previous;
        }
        else
        {
            order.Next.Previous = order.Previous;
        }

        (order.Level, order.Previous, order.Next) = (null, null, null);
        Lots -= order.Shown;
        Count--;
    }
}
