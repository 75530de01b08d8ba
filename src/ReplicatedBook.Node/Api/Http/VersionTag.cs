using System.Globalization;
using ReplicatedBook.Node.Api.Http.Parameters;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>The entity tag of an instrument or a market: the index of its last change, in quotes.</summary>
internal static class VersionTag
{
    private const string Header = "If-Match";

    /// <summary>The header that makes a change conditional.</summary>
    public static readonly HeaderParameter IfMatch = new(
        Header, "Only if it is still of this version: its ETag, or *.");

    /// <summary>Sets the entity tag.</summary>
    public static void Write(HttpResponse response, long version) =>
        response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The version that it must have; 0 for any, and with a defect.</summary>
    public static long Expected(HttpRequest request, Defects defects)
    {
        var given = request.Headers.IfMatch;
        if (given.Count == 0 || given is ["*"])
        {
            return 0;
        }

        if (given is [{ Length: > 2 } text] && text[0] == '"' && text[^1] == '"'
            && IdText.ToNumber(text.AsSpan(1, text.Length - 2)) is { } version)
        {
            return version;
        }

        defects.Invalid(Header, $"{Header} must be one entity tag as given in ETag");
        return 0;
    }
}
