namespace ReplicatedBook.Node.Api.Http;

/// <summary>How a feed is streamed.</summary>
internal enum FeedFormat
{
    /// <summary>Server-sent events: text/event-stream.</summary>
    ServerSentEvents,

    /// <summary>One JSON object per line: application/x-ndjson.</summary>
    Lines,
}
