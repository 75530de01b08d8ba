using ReplicatedBook.Node.Security.Passwords;

namespace ReplicatedBook.Node.Api.Http.Identity;

/// <summary>Checks names and passwords before anything is hashed.</summary>
internal static class CredentialsBinder
{
    private const int MinName = 3;
    private const int MaxName = 32;

    /// <summary>A name as it is kept: with small letters.</summary>
    public static string NameOf(string username) => username.ToLowerInvariant();

    /// <summary>Notes a name that no user can have.</summary>
    public static void CheckName(string username, Defects defects)
    {
        if (!IsName(NameOf(username)))
        {
            defects.Invalid(
                "username",
                "username must be 3 to 32 of a-z, 0-9, dot, underscore and hyphen, the first a letter or digit");
        }
    }

    /// <summary>Notes a password that is not taken for a new one.</summary>
    public static void CheckNew(string password, string username, string field, Defects defects)
    {
        if (PasswordRules.WhyNot(password, NameOf(username)) is { } reason)
        {
            defects.Invalid(field, $"{field}: {reason}");
        }
    }

    /// <summary>Whether somebody can have this name.</summary>
    public static bool IsName(string name) => name.Length is >= MinName and <= MaxName
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character)
            || character is '.' or '_' or '-');
}
