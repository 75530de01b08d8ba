using System.Globalization;

namespace ReplicatedBook.Cluster.Tests.Chaos.Load;

/// <summary>Decimals with two digits as whole units.</summary>
internal static class Money
{
    /// <summary>Digits after the point of all assets and quantities here.</summary>
    public const int Scale = 2;

    public static string Text(long units) =>
        string.Create(CultureInfo.InvariantCulture, $"{units / 100}.{units % 100:D2}");

    public static long Units(string text) => (long)(decimal.Parse(text, CultureInfo.InvariantCulture) * 100);
}
