namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>An order of the reference book.</summary>
internal sealed class ReferenceOrder
{
    public required long Id { get; init; }

    public required bool IsBuy { get; init; }

    public required long Price { get; init; }

    public required long Lots { get; set; }

    /// <summary>Its place among the <see cref="LiveOrders"/>.</summary>
    public int Position { get; set; }
}
