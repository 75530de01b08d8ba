namespace ReplicatedBook.Client.Sending;

/// <summary>A request before it is sent: everything that stays equal over all attempts.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Route with its query, without a leading slash.</param>
/// <param name="Key">Idempotency key; null for reads, and for orders that <c>client_order_id</c> makes
/// exactly-once.</param>
/// <param name="Body">JSON; null for none.</param>
/// <param name="IsTimed">Whether the route takes <c>timeout_ms</c>, which is then added per attempt; nodes refuse
/// parameters that a route does not have.</param>
internal sealed record Call(HttpMethod Method, string Path, string? Key, byte[]? Body, bool IsTimed = true)
{
    /// <summary>Whether it changes nothing, so that an attempt that was lost leaves no doubt.</summary>
    public bool IsRead { get; init; } = Method == HttpMethod.Get;

    /// <summary>Whether it is sent without the client's credentials.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>A credential of its own; null for the client's.</summary>
    public string? Bearer { get; init; }

    /// <summary>Whether it is not sent again once an attempt was lost: a second one would make a second
    /// secret.</summary>
    public bool StopsAtDoubt { get; init; }

    /// <summary>Refused unless the object still has this version; null for any.</summary>
    public long? ExpectedVersion { get; init; }
}
