using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Identity;

/// <summary>One user.</summary>
internal struct User
{
    /// <summary>Unique for ever.</summary>
    public string Username;

    /// <summary>What a node made of the password; means nothing here.</summary>
    public string PasswordHash;

    /// <summary>Log index of the last change.</summary>
    public long Version;

    /// <summary>Log index that added the user.</summary>
    public long CreatedIndex;

    /// <summary>When.</summary>
    public long CreatedAt;

    /// <summary>API keys in order of id.</summary>
    public OrderChain Keys;

    /// <summary>Sessions in order of id.</summary>
    public OrderChain Sessions;

    /// <summary>From 1; access tokens of another version are void.</summary>
    public int TokenVersion;

    /// <summary>At least one.</summary>
    public Roles Roles;

    /// <summary>Whether kept out.</summary>
    public bool IsDisabled;

    /// <summary>Whether an administrator who is not kept out.</summary>
    public readonly bool IsActiveAdmin => !IsDisabled && (Roles & Roles.Admin) != 0;
}
