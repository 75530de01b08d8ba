namespace ReplicatedBook.Node.MarketData;

/// <summary>A follower's hold on a topic; to be disposed when it follows no more.</summary>
/// <param name="topic">The topic.</param>
/// <param name="release">Is told of the end, once.</param>
internal sealed class Lease<T>(T topic, Action<Topic> release) : IDisposable
    where T : Topic
{
    private bool _isReleased;

    public T Topic => topic;

    public void Dispose()
    {
        if (!_isReleased)
        {
            _isReleased = true;
            release(topic);
        }
    }
}
