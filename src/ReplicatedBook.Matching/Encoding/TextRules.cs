using System.Buffers;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Which characters names and texts may have (API.md 1.1).</summary>
internal static class TextRules
{
    /// <summary>Most characters of an asset's symbol.</summary>
    public const int MaxAssetSymbol = 32;

    /// <summary>Most characters of an instrument's symbol.</summary>
    public const int MaxInstrumentSymbol = 64;

    /// <summary>Most characters of a label or a reference.</summary>
    public const int MaxText = 64;

    /// <summary>Most bytes of an event's title.</summary>
    public const int MaxTitle = 256;

    /// <summary>Most bytes of an event's category.</summary>
    public const int MaxCategory = 64;

    /// <summary>Most bytes of an event's description.</summary>
    public const int MaxDescription = 2_048;

    /// <summary>Most characters of an event's id; with an outcome's and a colon between them a symbol.</summary>
    public const int MaxEventId = 40;

    /// <summary>Most characters of an outcome's id.</summary>
    public const int MaxOutcomeId = 20;

    /// <summary>Most bytes of an outcome's title.</summary>
    public const int MaxOutcomeTitle = 128;

    /// <summary>Fewest characters of a user's name.</summary>
    public const int MinUsername = 3;

    /// <summary>Most characters of a user's name.</summary>
    public const int MaxUsername = 32;

    /// <summary>Most characters of a password's hash.</summary>
    public const int MaxPasswordHash = 256;

    /// <summary>Most characters of an address with the length of its prefix.</summary>
    public const int MaxAddress = 43;

    private static readonly SearchValues<byte> AddressCharacters = SearchValues.Create("0123456789ABCDEFabcdef.:/"u8);

    private static readonly SearchValues<byte> UsernameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-"u8);

    private static readonly SearchValues<byte> AssetCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"u8);

    private static readonly SearchValues<byte> InstrumentCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-"u8);

    /// <summary>Whether these are characters from space to tilde; none at all is fine.</summary>
    public static bool IsPrintable(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E) < 0;

    /// <summary>Whether this may be a label or a reference.</summary>
    public static bool IsText(ReadOnlySpan<byte> text) => text.Length <= MaxText && IsPrintable(text);

    /// <summary>Whether this may be an asset's symbol.</summary>
    public static bool IsAssetSymbol(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and <= MaxAssetSymbol && !text.ContainsAnyExcept(AssetCharacters);

    /// <summary>Whether this may be an instrument's symbol.</summary>
    public static bool IsInstrumentSymbol(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and <= MaxInstrumentSymbol && !text.ContainsAnyExcept(InstrumentCharacters);

    /// <summary>Whether this may be an event's id.</summary>
    public static bool IsEventId(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and <= MaxEventId && !text.ContainsAnyExcept(AssetCharacters);

    /// <summary>Whether this may be an outcome's id.</summary>
    public static bool IsOutcomeId(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and <= MaxOutcomeId && !text.ContainsAnyExcept(AssetCharacters);

    /// <summary>Whether this may be a user's name.</summary>
    public static bool IsUsername(ReadOnlySpan<byte> text) =>
        text.Length is >= MinUsername and <= MaxUsername && text[0] is not ((byte)'.' or (byte)'_' or (byte)'-')
        && !text.ContainsAnyExcept(UsernameCharacters);

    /// <summary>Whether this may be a password's hash.</summary>
    public static bool IsPasswordHash(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and <= MaxPasswordHash && IsPrintable(text);

    /// <summary>Whether this may be an address or a range of them, as far as its characters go.</summary>
    public static bool IsAddress(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and <= MaxAddress && !text.ContainsAnyExcept(AddressCharacters);

    /// <summary>Whether this may name a signing key or a node.</summary>
    public static bool IsKeyName(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and <= MaxText && !text.ContainsAnyExcept(AssetCharacters);

    /// <summary>Whether this may name a node.</summary>
    public static bool IsNodeName(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and <= MaxText && !text.ContainsAnyExcept(InstrumentCharacters);

    /// <summary>Decodes a text for people.</summary>
    /// <param name="utf8">Its bytes.</param>
    /// <param name="maxBytes">Most of them.</param>
    /// <param name="mayHaveLines">Whether it may have line feeds; other control characters it may not.</param>
    /// <param name="text">The text; empty when it is not as it should be.</param>
    public static bool TryDecode(ReadOnlySpan<byte> utf8, int maxBytes, bool mayHaveLines, out string text)
    {
        text = "";
        if (utf8.Length > maxBytes || !System.Text.Unicode.Utf8.IsValid(utf8))
        {
            return false;
        }

        var decoded = System.Text.Encoding.UTF8.GetString(utf8);
        foreach (var character in decoded)
        {
            if (char.IsControl(character) && !(mayHaveLines && character == '\n'))
            {
                return false;
            }
        }

        text = decoded;
        return true;
    }
}
