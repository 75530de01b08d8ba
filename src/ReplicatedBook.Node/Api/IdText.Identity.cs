using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Api;

/// <content>Users as <c>u1</c>, API keys as <c>k1</c>, sessions as <c>s1</c>, sessions of orders as
/// <c>os1</c>.</content>
internal static partial class IdText
{
    public static string Of(ApiKeyId key) => "k" + Number(key.Value);

    public static string Of(SessionId session) => "s" + Number(session.Value);

    public static string Of(OrderSessionId session) => "os" + Number(session.Value);

    /// <summary>Null for a text that no user in the table can have.</summary>
    public static UserId? ToUser(ReadOnlySpan<char> text) =>
        text.Length > 1 && text[0] == 'u' && ToNumber(text[1..]) is { } number ? new UserId(number) : null;

    /// <summary>Null for a text that no API key can have.</summary>
    public static ApiKeyId? ToApiKey(ReadOnlySpan<char> text) =>
        text.Length > 1 && text[0] == 'k' && ToNumber(text[1..]) is { } number ? new ApiKeyId(number) : null;

    /// <summary>Null for a text that no session can have.</summary>
    public static SessionId? ToSession(ReadOnlySpan<char> text) =>
        text.Length > 1 && text[0] == 's' && ToNumber(text[1..]) is { } number ? new SessionId(number) : null;
}
