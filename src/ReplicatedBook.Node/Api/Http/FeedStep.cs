namespace ReplicatedBook.Node.Api.Http;

/// <summary>What a reader of the feed is told next.</summary>
/// <param name="Items">Of one entry, in order; empty for a sign of life. Valid until the next step.</param>
/// <param name="IsOverrun">The reader's place is released: there is nothing more.</param>
internal readonly record struct FeedStep(IReadOnlyList<FeedJson> Items, bool IsOverrun)
{
    /// <summary>Nothing has happened for a while.</summary>
    public static FeedStep Alive { get; } = new([], false);

    /// <summary>It must begin anew, from the oldest index held.</summary>
    public static FeedStep Overrun { get; } = new([], true);
}
