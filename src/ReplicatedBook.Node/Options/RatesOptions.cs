using System.ComponentModel.DataAnnotations;

namespace ReplicatedBook.Node.Options;

/// <summary>How often one user, or one address, may ask; section <c>Rates</c>. Only with authentication: without it
/// everyone is the same user.</summary>
internal sealed class RatesOptions
{
    public const string Section = "Rates";

    /// <summary>In which time as many requests come back as are allowed. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Requests of one user that place, change or cancel orders, per window; a batch is one. Default 10,000:
    /// about what one core matches over HTTP, so that only a program gone wild meets it.</summary>
    [Range(1, 1_000_000)]
    public int Orders { get; set; } = 10_000;

    /// <summary>Reads of one user, or of one address that names none, per window. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int Reads { get; set; } = 10_000;

    /// <summary>Requests of one user that change users, money, markets or the cluster, per window. Default
    /// 1,000.</summary>
    [Range(1, 1_000_000)]
    public int Admin { get; set; } = 1_000;

    /// <summary>Logins of one user, and changes of how they sign in (password, API keys, logout), per
    /// <see cref="CredentialsWindow"/>. Default 30.</summary>
    [Range(1, 1_000_000)]
    public int Credentials { get; set; } = 30;

    /// <summary>In which time as many of them come back as are allowed. Default 1 min: the records that the state holds
    /// then reach back 12 hours although one user does nothing else on three nodes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan CredentialsWindow { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Failed logins of one user name within <see cref="LoginWindow"/>. Default 5 (API.md 10).</summary>
    [Range(1, 1_000)]
    public int FailedLoginsOfUser { get; set; } = 5;

    /// <summary>Failed logins from one address within <see cref="LoginWindow"/>. Default 20 (API.md 10).</summary>
    [Range(1, 10_000)]
    public int FailedLoginsOfAddress { get; set; } = 20;

    /// <summary>How long a failed login counts. Default 5 min (API.md 10).</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LoginWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Requests of one user or address that were refused because of who made them and are put on record, per
    /// minute. Default 5.</summary>
    [Range(1, 1_000)]
    public int RecordedRefusalsOfOne { get; set; } = 5;

    /// <summary>The same of all. Default 60: the records that the state holds then reach back 18 hours of such
    /// attempts.</summary>
    [Range(1, 10_000)]
    public int RecordedRefusals { get; set; } = 60;

    /// <summary>Users and addresses of each limit that are counted apart at one time; further ones share one count.
    /// Default 65,536: some 10 MB.</summary>
    [Range(1, 10_000_000)]
    public int MaxSources { get; set; } = 65_536;
}
