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

    /// <summary>Whether it may listen beyond this machine without encryption, such as behind a proxy that encrypts.
    /// Default false: everybody on the way could read along and speak in another's name. The flag <c>--insecure</c>
    /// sets it.</summary>
    public bool Insecure { get; set; }
}
