using System.ComponentModel.DataAnnotations;

namespace ReplicatedBook.Node.Options;

/// <summary>Timing of elections; section <c>Raft</c>.</summary>
internal sealed class RaftOptions
{
    public const string Section = "Raft";

    /// <summary>Time between heartbeats. Default 40 ms: a follower may miss five before it campaigns.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromMilliseconds(40);

    /// <summary>Silence before an election, drawn from [t, 2t). Default 250 ms: above the pauses of a busy two-core
    /// machine, low enough for a new leader within a second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ElectionTimeout { get; set; } = TimeSpan.FromMilliseconds(250);
}
