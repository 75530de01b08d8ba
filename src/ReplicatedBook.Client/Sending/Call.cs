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

    /// <summary>Refused unless the object still has this version; null for any.</summary>
    public long? ExpectedVersion { get; init; }
}
