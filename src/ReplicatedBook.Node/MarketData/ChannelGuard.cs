using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.MarketData;

/// <summary>Stands before what not everybody may read, for as long as it is read.</summary>
/// <param name="policy">Who may.</param>
/// <param name="reader">Who does.</param>
internal sealed class ChannelGuard(RoutePolicy policy, ChannelReader reader)
{
    /// <summary>Whether the reader still may.</summary>
    /// <exception cref="ChannelEndedException">No more.</exception>
    public async ValueTask CheckAsync(CancellationToken cancellation)
    {
        if (reader.JudgeAsync is null)
        {
            return;
        }

        var now = await reader.JudgeAsync(cancellation);
        if (!policy.Allows(now) || !reader.Caller.IsStill(now))
        {
            throw new ChannelEndedException(ChannelEnd.CredentialGone);
        }
    }
}
