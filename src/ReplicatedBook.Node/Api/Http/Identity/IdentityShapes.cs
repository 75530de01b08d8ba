using System.Buffers.Text;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Node.Api.Http.Identity;

/// <summary>Users and keys as clients see them.</summary>
internal static class IdentityShapes
{
    public static UserResponse Of(UserView user, AccountId account = default, Receipt? receipt = null) => new(
        IdText.Of(user.Id), user.Username, EnumText.WordsOf(user.Roles), user.IsDisabled, TimeText.Of(user.CreatedAt),
        user.Version, account.Value == 0 ? null : IdText.Of(account), receipt);

    public static ApiKeyResponse Of(ApiKeyView key, string? secret = null, Receipt? receipt = null) => new(
        IdText.Of(key.Id), key.Label, EnumText.WordsOf(key.Scopes),
        key.ExpiresAt is { } end ? TimeText.Of(end) : null, key.AllowedAddresses, TimeText.Of(key.CreatedAt), secret,
        receipt);

    public static JwkResponse Of(SigningKeyView key) => new(
        "EC", "P-256", key.Kid, "sig", "ES256", Base64Url.EncodeToString(key.X.ToArray()),
        Base64Url.EncodeToString(key.Y.ToArray()));
}
