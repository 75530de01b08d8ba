namespace ReplicatedBook.Node.MarketData;

/// <summary>What one entry changed in a book.</summary>
/// <param name="Index">The entry.</param>
/// <param name="Levels">Every price where lots or number of orders are others than before.</param>
/// <param name="Orders">Every order that came, went or shows other lots.</param>
internal sealed record BookChange(long Index, LevelChange[] Levels, OrderChange[] Orders)
{
    /// <summary>What it counts against the limit of what is kept.</summary>
    public int Weight => Levels.Length + Orders.Length + 1;
}
