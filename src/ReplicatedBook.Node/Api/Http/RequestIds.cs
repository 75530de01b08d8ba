using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Names of requests, for people who compare what a client saw with what a node logged.</summary>
internal static class RequestIds
{
    public const string Header = "Request-Id";

    private static readonly string Prefix = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
    private static long _last;

    /// <summary>The client's own id when it is 1 to 64 safe characters, else a new one.</summary>
    public static string For(StringValues given) =>
        given is [{ } text] && IdText.IsId(text)
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{Prefix}-{Interlocked.Increment(ref _last):x}");
}
