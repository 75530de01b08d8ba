using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ReplicatedBook.Node.Security.Tokens;

/// <summary>The form of access tokens: a JWS in compact form (RFC 7515) of which every byte is laid down.</summary>
/// <remarks>The header is compared and not interpreted: algorithm and type are ours or the token is none, so neither
/// <c>none</c>, nor HS256 with the public key, nor a key that the token itself brings is ever considered. The type is
/// that of access tokens (RFC 9068): nothing else that a key may sign passes for one.</remarks>
internal static class TokenText
{
    /// <summary>Most characters of a token: about four times those of one that the nodes give out.</summary>
    public const int MaxLength = 2048;

    private const string HeaderStart = """{"alg":"ES256","typ":"at+jwt","kid":""" + "\"";
    private const string HeaderEnd = "\"}";
    private const int SignatureBytes = 64;
    private const int NumberBytes = SignatureBytes / 2;

    /// <summary>The part that is signed.</summary>
    public static string ToSigned(string keyId, TokenClaims claims) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(HeaderStart + keyId + HeaderEnd)) + "."
        + Base64Url.EncodeToString(
            JsonSerializer.SerializeToUtf8Bytes(ClaimTexts.ToPayload(claims), TokenJson.Default.TokenPayload));

    /// <summary>The whole token.</summary>
    public static string Join(string signed, ReadOnlySpan<byte> signature) =>
        signed + "." + Base64Url.EncodeToString(signature);

    /// <summary>Takes a token apart without believing it.</summary>
    public static bool TryRead(string token, [NotNullWhen(true)] out UnverifiedToken? unverified)
    {
        unverified = null;
        var end = token.LastIndexOf('.');
        var middle = token.IndexOf('.');
        if (token.Length > MaxLength || middle < 0 || middle == end || token.IndexOf('.', middle + 1) != end
            || !TryDecode(token[..middle], out var header)
            || !TryDecode(token[(middle + 1)..end], out var payload)
            || !TryDecode(token[(end + 1)..], out var signature) || !IsSignature(signature)
            || KeyIdOf(Encoding.Latin1.GetString(header)) is not { } keyId)
        {
            return false;
        }

        unverified = new UnverifiedToken(keyId, Encoding.ASCII.GetBytes(token[..end]), payload, signature);
        return true;
    }

    /// <summary>The claims of a token whose signature holds; null where they are not ours in form.</summary>
    public static TokenClaims? ReadClaims(ReadOnlySpan<byte> payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, TokenJson.Default.TokenPayload) is { } read
                ? ClaimTexts.ToClaims(read)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? KeyIdOf(string header)
    {
        if (!header.StartsWith(HeaderStart, StringComparison.Ordinal)
            || !header.EndsWith(HeaderEnd, StringComparison.Ordinal))
        {
            return null;
        }

        var length = header.Length - HeaderStart.Length - HeaderEnd.Length;
        var keyId = length == KeyIds.Length ? header.Substring(HeaderStart.Length, length) : null;
        return keyId is not null && KeyIds.IsKeyId(keyId) ? keyId : null;
    }

    // Neither number of a signature is ever 0 (FIPS 186-5, 6.4.2).
    private static bool IsSignature(byte[] signature) => signature.Length == SignatureBytes
        && signature.AsSpan(0, NumberBytes).ContainsAnyExcept((byte)0)
        && signature.AsSpan(NumberBytes).ContainsAnyExcept((byte)0);

    // A text with other unused bits at its end stands for the same bytes; only one of them is a token.
    private static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done)
        {
            return false;
        }

        bytes = bytes[..written];
        return CryptographicOperations.FixedTimeEquals(
            Base64Url.EncodeToUtf8(bytes), Encoding.Latin1.GetBytes(text));
    }
}
