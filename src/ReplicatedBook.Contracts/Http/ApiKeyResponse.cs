namespace ReplicatedBook.Contracts.Http;

/// <summary>An API key.</summary>
/// <param name="KeyId">Its id.</param>
/// <param name="Label">For people; may be empty.</param>
/// <param name="Scopes">What it may be used for: read, trade.</param>
/// <param name="ExpiresAt">When it ends; absent for never.</param>
/// <param name="IpAllow">Where it may be used from; empty for anywhere.</param>
/// <param name="CreatedAt">Cluster time.</param>
/// <param name="Secret">What goes into <c>Authorization: Bearer</c>; only in the answer to the request that created it,
/// as the nodes keep no more than its hash.</param>
/// <param name="Receipt">Only in the answer to the request that created it.</param>
public sealed record ApiKeyResponse(
    string KeyId, string Label, IReadOnlyList<string> Scopes, string? ExpiresAt, IReadOnlyList<string> IpAllow,
    string CreatedAt, string? Secret, Receipt? Receipt);
