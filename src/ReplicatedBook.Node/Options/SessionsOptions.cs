using System.ComponentModel.DataAnnotations;

namespace ReplicatedBook.Node.Options;

/// <summary>Sessions of orders, whose end cancels what was placed in them; section <c>Sessions</c>.</summary>
internal sealed class SessionsOptions
{
    public const string Section = "Sessions";

    /// <summary>How long the cluster keeps this node's sessions after it last heard of the node, which says so every
    /// third of this. Default 5 s: many elections long, and short beside what a lost connection may cost.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(5);
}
