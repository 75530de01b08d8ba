using System.ComponentModel.DataAnnotations;

namespace ReplicatedBook.Node.Options;

/// <summary>This node; section <c>Node</c>.</summary>
internal sealed class NodeOptions
{
    public const string Section = "Node";

    /// <summary>Its name; one of the cluster's members.</summary>
    [Required]
    public string Id { get; set; } = "";

    /// <summary>Where log and snapshots are kept; relative to the working directory. One node per directory.</summary>
    [Required]
    public string DataDirectory { get; set; } = "";
}
