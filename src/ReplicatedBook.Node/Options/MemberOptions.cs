namespace ReplicatedBook.Node.Options;

/// <summary>One member of the cluster; element of <c>Cluster:Members</c>.</summary>
internal sealed class MemberOptions
{
    /// <summary>Its name, 1 to 64 of A-Za-z0-9._:-; unique for ever within the cluster.</summary>
    public string NodeId { get; set; } = "";

    /// <summary>Where peers reach it: host:port.</summary>
    public string Peer { get; set; } = "";

    /// <summary>Where clients reach it: http://host:port, without a path.</summary>
    public string Api { get; set; } = "";
}
