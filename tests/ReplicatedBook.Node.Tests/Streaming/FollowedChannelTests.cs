using ReplicatedBook.Client.Streaming;

namespace ReplicatedBook.Node.Tests.Streaming;

/// <summary>Goal: the SDK sees every gap. Method: the rule alone, on messages that follow each other and on those that
/// do not.</summary>
public sealed class FollowedChannelTests
{
    [Fact]
    public void Messages_follow_on_each_other()
    {
        var channel = new FollowedChannel("c", null);

        Assert.True(channel.Take(Message("snapshot", 7, 0)));
        Assert.True(channel.Take(Message("delta", 9, 7)));
        Assert.True(channel.Take(Message("overrun", 9, 9)));
        Assert.True(channel.Take(Message("snapshot", 20, 0)));
        Assert.Equal(20, channel.Last);
    }

    [Fact]
    public void A_gap_is_asked_for_again_and_then_given_up_for_a_snapshot()
    {
        var channel = new FollowedChannel("c", 7);

        Assert.False(channel.Take(Message("delta", 12, 9)));
        Assert.Equal(7, channel.Last);
        Assert.False(channel.Take(Message("delta", 12, 9)));
        Assert.Null(channel.Last);
        Assert.False(channel.Take(Message("delta", 13, 12)));
        Assert.True(channel.Take(Message("snapshot", 13, 0)));
    }

    private static StreamMessage Message(string type, long index, long prevIndex) =>
        new("c", type, index, prevIndex, default);
}
