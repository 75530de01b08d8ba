namespace ReplicatedBook.Replication.Feed;

/// <summary>What a reader of the feed is given.</summary>
/// <param name="Page">Part of the feed; null when there is none to give.</param>
/// <param name="IsBusy">Without a page: true when what is asked for is being made anew and may be asked for again,
/// false when it is no longer held.</param>
public readonly record struct FeedReading(FeedPage? Page, bool IsBusy = false);
