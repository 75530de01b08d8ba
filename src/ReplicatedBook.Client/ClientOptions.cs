using System.Security.Cryptography.X509Certificates;

namespace ReplicatedBook.Client;

/// <summary>How long and how hard a client tries. Every value has a reason that is stated with it.</summary>
public sealed record ClientOptions
{
    /// <summary>Who the client is; null for nobody, as on nodes without authentication.</summary>
    public Credentials? Credentials { get; init; }

    /// <summary>Bound on one call with all its attempts; after it the answer is NotExecuted, Unknown or Unavailable.
    /// Default 30 s: several elections and a restart of a node fit in.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What one attempt tells the server as <c>timeout_ms</c>, 1 ms to 30 s. Default 2 s: a paused leader
    /// costs that much before another node is asked.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How much longer than <see cref="AttemptTimeout"/> the client waits for the answer. Default 500 ms: the
    /// server should be the one that says that the outcome is unknown, as it knows more.</summary>
    public TimeSpan AttemptGrace { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Bound on making a connection. Default 1 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>First pause between attempts, drawn from [half, whole) and doubled each round of endpoints. Default 20
    /// ms.</summary>
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Longest pause between attempts. Default 400 ms: shorter than two election timeouts.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>Most attempts of one call, 1 or more. Default: as many as fit before <see cref="Deadline"/>.</summary>
    public int MaxAttempts { get; init; } = int.MaxValue;

    /// <summary>Connections kept per endpoint, 1 or more. Default 256.</summary>
    public int MaxConnectionsPerEndpoint { get; init; } = 256;

    /// <summary>Whose certificates are taken from nodes that are reached over https, such as the cluster's own
    /// authority; then no others are. Null for those that this machine trusts.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>Largest answer that is read, in bytes. Default 64 MiB: the largest list the server gives is far
    /// below.</summary>
    public long MaxAnswerBytes { get; init; } = 64L << 20;
}
