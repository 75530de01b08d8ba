using System.Globalization;
using ReplicatedBook.Node.Api;

namespace ReplicatedBook.Node.Security;

/// <summary>API keys (<c>rbk_id_secret</c>) and refresh tokens (<c>rbr_session_root_generation</c>). The number says
/// what to look up, so that only one secret has to be compared.</summary>
internal static class CredentialText
{
    /// <summary>What every API key begins with.</summary>
    public const string ApiKeyPrefix = "rbk_";

    private const string RefreshPrefix = "rbr_";
    private const char Separator = '_';

    public static string OfApiKey(long id, string secret) => $"{ApiKeyPrefix}{Number(id)}{Separator}{secret}";

    public static string OfRefresh(long session, string root, string generation) =>
        $"{RefreshPrefix}{Number(session)}{Separator}{root}{Separator}{generation}";

    /// <summary>Takes an API key apart; null for what is none in form.</summary>
    public static (long Id, string Secret)? ReadApiKey(string text) =>
        TryTakeSecret(text, out var rest, out var secret) && NumberOf(rest, ApiKeyPrefix) is { } id
            ? (id, secret)
            : null;

    /// <summary>Takes a refresh token apart; null for what is none in form.</summary>
    public static (long Session, string Root, string Generation)? ReadRefresh(string text) =>
        TryTakeSecret(text, out var rest, out var generation) && TryTakeSecret(rest, out rest, out var root)
            && NumberOf(rest, RefreshPrefix) is { } session
            ? (session, root, generation)
            : null;

    // Secrets may contain the separator, but have one length.
    private static bool TryTakeSecret(string text, out string rest, out string secret)
    {
        (rest, secret) = ("", "");
        var at = text.Length - Secrets.TextLength - 1;
        if (at < 0 || text[at] != Separator || !Secrets.IsText(text.AsSpan(at + 1)))
        {
            return false;
        }

        (rest, secret) = (text[..at], text[(at + 1)..]);
        return true;
    }

    private static long? NumberOf(string text, string prefix) => text.StartsWith(prefix, StringComparison.Ordinal)
        ? IdText.ToNumber(text.AsSpan(prefix.Length))
        : null;

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
