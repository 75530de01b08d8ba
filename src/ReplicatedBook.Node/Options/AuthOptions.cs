using System.ComponentModel.DataAnnotations;

namespace ReplicatedBook.Node.Options;

/// <summary>Who may do what; section <c>Auth</c>.</summary>
internal sealed class AuthOptions
{
    public const string Section = "Auth";

    /// <summary>on, the default: every request but those of public routes needs a credential. off: everyone is the
    /// local user, and the node listens on loopback addresses only.</summary>
    [Required, RegularExpression("^(on|off)$", ErrorMessage = "Auth:Mode must be on or off.")]
    public string Mode { get; set; } = "on";

    /// <summary>File with the token that makes the first administrator, once in a cluster's life; readable by its owner
    /// only. Without one this node makes none.</summary>
    public string? BootstrapTokenFile { get; set; }

    /// <summary>Whether everybody may sign up. Default false: administrators create users.</summary>
    public bool AllowRegistration { get; set; }

    /// <summary>How long an access token holds. Default 15 minutes (API.md 2.1). 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a session lasts, however often it is refreshed. Default 30 days. 1 s to 365 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long the node signs with one key before it makes another. Default 30 days. 1 s to 365
    /// days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan SigningKeyLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Iterations of PBKDF2 for new hashes; a hash with fewer is made anew at the next login. Default 210,000,
    /// which is OWASP's figure for HMAC-SHA512 and also the least.</summary>
    [Range(210_000, 10_000_000)]
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>Passwords hashed at once; each takes a core for about a tenth of a second. 0, the default: one for
    /// every four cores, at least one.</summary>
    [Range(0, 64)]
    public int MaxHashesAtOnce { get; set; }

    /// <summary>Passwords that wait to be hashed; more are answered <c>overloaded</c>. Default 64: the last waits for
    /// about six seconds on one core.</summary>
    [Range(1, 10_000)]
    public int MaxWaitingHashes { get; set; } = 64;

    /// <summary>Whether credentials are asked for.</summary>
    internal bool IsOn => Mode == "on";
}
