namespace ReplicatedBook.Matching.Values;

/// <summary>Why a session is no more.</summary>
/// <remarks>The numbers are in the log and on the wire: never renumber one, never use one again.</remarks>
public enum SessionEnd : byte
{
    /// <summary>It was told to end, alone or with all others of its user.</summary>
    Logout = 0,

    /// <summary>Its time was over.</summary>
    Expired = 1,

    /// <summary>It was its user's oldest and gave way to a new one.</summary>
    Displaced = 2,

    /// <summary>A refresh token that was used up was presented again.</summary>
    RefreshReused = 3,

    /// <summary>Its user has another password.</summary>
    PasswordChanged = 4,

    /// <summary>Its user was disabled.</summary>
    UserDisabled = 5,
}
