using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Gateway.Sessions;

/// <summary>A request for a session of orders.</summary>
/// <param name="user">Whose orders it is for.</param>
/// <param name="key">Makes it exactly-once, so that it can be asked again what became of it.</param>
/// <param name="grace">How long the orders outlive the session.</param>
internal sealed class OpenRequest(UserId user, RequestKey key, TimeSpan grace)
{
    /// <summary>Whose orders it is for.</summary>
    public UserId User => user;

    /// <summary>Makes it exactly-once.</summary>
    public RequestKey Key => key;

    /// <summary>How long the orders outlive the session.</summary>
    public TimeSpan Grace => grace;
}
