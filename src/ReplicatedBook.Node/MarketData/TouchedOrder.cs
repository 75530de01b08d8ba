namespace ReplicatedBook.Node.MarketData;

/// <summary>An order as it was before the entry that touched it.</summary>
/// <param name="Order">The order, as it is now.</param>
/// <param name="Rested">Whether it rested.</param>
/// <param name="Price">At which price.</param>
/// <param name="Shown">Lots it showed.</param>
/// <param name="Place">Its place.</param>
internal readonly record struct TouchedOrder(MirrorOrder Order, bool Rested, long Price, long Shown, long Place)
{
    /// <summary>Whether it rests where it rested.</summary>
    public bool Stayed => Rested && Order.Level is not null && Order.Place == Place;
}
