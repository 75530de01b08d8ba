using System.Text;
using ReplicatedBook.Node.MarketData;

namespace ReplicatedBook.Node.Tests.MarketData;

/// <summary>A channel that a test reads message by message.</summary>
internal sealed class ReadChannel(IChannel channel, long? fromIndex) : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new(TimeSpan.FromSeconds(30));
    private IAsyncEnumerator<ChannelMessage>? _messages;

    /// <summary>The last message.</summary>
    public ChannelMessage Last { get; private set; }

    /// <summary>Index of the one before it.</summary>
    public long Previous { get; private set; }

    /// <summary>Reads one; fails the test where none comes.</summary>
    /// <returns>Type, index, previous index and data.</returns>
    public async Task<string> NextAsync(bool withIndex = true)
    {
        _messages ??= channel.FollowAsync(fromIndex, _end.Token).GetAsyncEnumerator(_end.Token);
        Assert.True(await _messages.MoveNextAsync());
        (Previous, Last) = (Last.Index, _messages.Current);
        var index = withIndex ? $" {Last.Index}" : "";
        return $"{Last.Type}{index} {Last.PrevIndex} {Encoding.UTF8.GetString(Last.Data.Span)}".TrimEnd();
    }

    public async ValueTask DisposeAsync()
    {
        if (_messages is not null)
        {
            await _messages.DisposeAsync();
        }

        _end.Dispose();
    }
}
