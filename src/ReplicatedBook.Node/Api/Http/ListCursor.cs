using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Where the next page of a list begins; to clients an opaque text.</summary>
/// <param name="Index">Log index of the first page, so that all pages are one picture.</param>
/// <param name="Position">Last item of the page before.</param>
/// <param name="Newest">Newest item that the first page could see.</param>
internal readonly record struct ListCursor(long Index, long Position, long Newest)
{
    private const int MaxLength = 128;

    public string ToText() => Base64Url.EncodeToString(
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"1.{Index}.{Position}.{Newest}")));

    /// <summary>Null for a text that is no cursor.</summary>
    public static ListCursor? Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        if (text.Length > MaxLength || !Ascii.IsValid(text) || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, bytes, out var count) || !Ascii.IsValid(bytes[..count]))
        {
            return null;
        }

        var parts = Encoding.ASCII.GetString(bytes[..count]).Split('.');
        return parts is ["1", var index, var position, var newest]
            && Number(index) is { } i && Number(position) is { } p && Number(newest) is { } n
            ? new ListCursor(i, p, n)
            : null;
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
