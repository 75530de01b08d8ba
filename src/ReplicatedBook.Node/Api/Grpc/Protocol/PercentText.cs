using System.Buffers;
using System.Globalization;
using System.Text;

namespace ReplicatedBook.Node.Api.Grpc.Protocol;

/// <summary>Texts in trailers: printable ASCII as it is, all other bytes of UTF-8, and the percent sign, as % and two hex
/// digits.</summary>
internal static class PercentText
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        string.Concat(Enumerable.Range(0x20, 0x5F).Select(code => (char)code).Where(character => character != '%')));

    public static string Encode(string text)
    {
        if (text.AsSpan().IndexOfAnyExcept(Plain) < 0)
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length + 16);
        foreach (var part in Encoding.UTF8.GetBytes(text))
        {
            if (Plain.Contains((char)part))
            {
                encoded.Append((char)part);
            }
            else
            {
                encoded.Append('%').Append(part.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return encoded.ToString();
    }
}
