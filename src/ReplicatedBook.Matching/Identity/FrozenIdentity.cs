using ReplicatedBook.Matching.Pages;

namespace ReplicatedBook.Matching.Identity;

/// <summary>An image of all users, keys, sessions and audit records.</summary>
internal sealed class FrozenIdentity
{
    public required long IdentityIndex { get; init; }

    public required bool IsBootstrapped { get; init; }

    public required long LastKey { get; init; }

    public required long LastSession { get; init; }

    public required int UserCount { get; init; }

    public required FrozenArray<User> Users { get; init; }

    public required FrozenArray<ApiKey> Keys { get; init; }

    public required FrozenArray<Session> Sessions { get; init; }

    public required List<SigningKey> SigningKeys { get; init; }

    public required FrozenAudit Audit { get; init; }

    /// <summary>Says that it is no longer read.</summary>
    public void End()
    {
        Users.End();
        Keys.End();
        Sessions.End();
    }
}
