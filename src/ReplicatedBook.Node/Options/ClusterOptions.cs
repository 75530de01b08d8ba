using System.ComponentModel.DataAnnotations;
using ReplicatedBook.Matching;

namespace ReplicatedBook.Node.Options;

/// <summary>The cluster this node belongs to, the same on every node; section <c>Cluster</c>.</summary>
internal sealed class ClusterOptions
{
    public const string Section = "Cluster";

    /// <summary>Name of the cluster, 1 to 64 of A-Za-z0-9._:-; peers and data of another cluster are refused.</summary>
    [Required, RegularExpression("^[A-Za-z0-9._:-]{1,64}$")]
    public string Id { get; set; } = "";

    /// <summary>All voters of a new cluster, this node included; order does not matter. 1 to 9: more voters make every
    /// write slower. They found the cluster; later changes are kept in the log. For a node that joins: members whose
    /// addresses it is to use, or none.</summary>
    [MaxLength(9)]
    public List<MemberOptions> Members { get; set; } = [];

    /// <summary>Whether this node joins a cluster that exists: it starts with nothing, waits until the leader has added
    /// it, and learns from it who the members are. Also how a node comes back that has lost its disk, once it was
    /// removed and added again. May stay on: it counts only while the data directory names no members.</summary>
    public bool Join { get; set; }

    /// <summary>Highest feature level the cluster may be raised to; a level below the build's holds an upgrade back, so
    /// that the older build can still be gone back to. 1 to the build's own.</summary>
    [Range(FeatureLevels.First, FeatureLevels.Supported)]
    public int MaxFeatureLevel { get; set; } = FeatureLevels.Supported;
}
