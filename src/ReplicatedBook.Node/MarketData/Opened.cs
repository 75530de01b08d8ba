using ReplicatedBook.Node.Api.Http;

namespace ReplicatedBook.Node.MarketData;

/// <summary>A channel that was opened, or why it was not.</summary>
/// <param name="Channel">Null when it was refused.</param>
/// <param name="Refusal">Null when it was opened.</param>
internal readonly record struct Opened(IChannel? Channel, ApiProblem? Refusal)
{
    public static implicit operator Opened(ApiProblem refusal) => new(null, refusal);

    public static Opened As(IChannel channel) => new(channel, null);
}
