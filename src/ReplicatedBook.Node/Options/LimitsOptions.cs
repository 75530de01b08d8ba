using System.ComponentModel.DataAnnotations;

namespace ReplicatedBook.Node.Options;

/// <summary>How much the node takes on at one time; section <c>Limits</c>.</summary>
internal sealed class LimitsOptions
{
    public const string Section = "Limits";

    /// <summary>Commands that wait in the replica; one more is answered with <c>overloaded</c>. Default 16,384: a
    /// second or so
    /// of work, so that what is let in is still answered in time.</summary>
    [Range(1, 10_000_000)]
    public int MaxInflightProposals { get; set; } = 16_384;

    /// <summary>Commands of this node's clients that are under way at once, from the first attempt to the answer, at
    /// most; further ones wait their turn. Below it a node lets in as many as it has ended in 8 ms, and 128 in any
    /// case, so that each is answered in milliseconds. Default 4,096.</summary>
    [Range(1, 1_000_000)]
    public int MaxCommandsUnderWay { get; set; } = 4_096;

    /// <summary>Commands of one account, or of one address where none is named, that are under way at once while others
    /// send some too (within the last second); when all of them have ended, as many again may begin. Default 16: each
    /// may be a batch, and nobody waits long behind them.</summary>
    [Range(1, 1_000_000)]
    public int MaxCommandsOfOne { get; set; } = 16;

    /// <summary>Commands that wait for their turn; when there are more, the newest of whoever has the most is refused
    /// as <c>overloaded</c>. Default 4,096.</summary>
    [Range(1, 1_000_000)]
    public int MaxWaitingCommands { get; set; } = 4_096;

    /// <summary>How long a command waits for its turn before it is refused as <c>overloaded</c>. Default 25 ms:
    /// with the time to look (a fifth of it), and to answer on a node whose cores are all busy, the refusal is there
    /// within 100 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:30")]
    public TimeSpan MaxCommandWait { get; set; } = TimeSpan.FromMilliseconds(25);

    /// <summary>Connections of clients; one more is closed. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>Connections of clients with one address (IPv6: one network of 64 bits); further ones are closed.
    /// Default 2,500: no three of them can take all.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnectionsPerAddress { get; set; } = 2_500;

    /// <summary>Bytes of a request body. Default 64 KiB (API.md 1.1).</summary>
    [Range(1 << 10, 1 << 26)]
    public int MaxBodyBytes { get; set; } = 64 << 10;

    /// <summary>Bytes of the body of a batch. Default 1 MiB (API.md 1.1).</summary>
    [Range(1 << 10, 1 << 26)]
    public int MaxBatchBodyBytes { get; set; } = 1 << 20;

    /// <summary>A request's header must have come within this time, and before it, with TLS, the handshake. Default
    /// 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan HeaderTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>After this time a body must come with at least 240 bytes per second (Kestrel's default rate). Default
    /// 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01.001", "00:10:00")]
    public TimeSpan BodyGrace { get; set; } = TimeSpan.FromSeconds(5);
}
