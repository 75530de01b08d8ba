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
}
