using System.Collections.Frozen;

namespace ReplicatedBook.Node.Security.Passwords;

/// <summary>Which passwords are taken (API.md 10): long enough, and not among the first that are tried.</summary>
internal static class PasswordRules
{
    /// <summary>Least characters.</summary>
    public const int MinLength = 12;

    /// <summary>Most characters.</summary>
    public const int MaxLength = 128;

    private const string Resource = "ReplicatedBook.Node.Security.Passwords.common-passwords.txt";
    private const int MinDistinct = 5;

    private static readonly FrozenSet<string> Common = ReadCommon();

    /// <summary>Why a password is not taken; null when it is.</summary>
    /// <param name="password">As given.</param>
    /// <param name="username">Whose it is to be.</param>
    public static string? WhyNot(string password, string username)
    {
        if (password.Length is < MinLength or > MaxLength)
        {
            return $"it must have {MinLength} to {MaxLength} characters";
        }

        var plain = password.ToLowerInvariant();
        return Common.Contains(plain) || plain.Distinct().Count() < MinDistinct
            ? "it is one of the first that would be tried"
            : plain.Equals(username, StringComparison.OrdinalIgnoreCase) ? "it is the username" : null;
    }

    private static FrozenSet<string> ReadCommon()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in the assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .ToFrozenSet(StringComparer.Ordinal);
    }
}
