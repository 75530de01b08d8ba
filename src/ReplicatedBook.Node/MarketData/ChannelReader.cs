using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.MarketData;

/// <summary>Who opens channels, and over what.</summary>
/// <param name="Caller">As judged when the channel is opened.</param>
/// <param name="Transport">For the gauge of followers: a word that the program chose.</param>
internal sealed record ChannelReader(Caller Caller, string Transport = ChannelReader.WebSocket)
{
    public const string WebSocket = "websocket";

    /// <summary>Judges the credential again. Channels that are not public ask before they tell anything and every two
    /// seconds, and end when it holds no more. Null where the transport ends them itself.</summary>
    public Func<CancellationToken, ValueTask<Caller>>? JudgeAsync { get; init; }
}
