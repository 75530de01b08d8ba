namespace ReplicatedBook.Matching.Sessions;

/// <summary>A node with open sessions of orders; they live as long as it is heard of.</summary>
/// <param name="name">Its name.</param>
/// <param name="incarnation">Which run of it.</param>
internal sealed class SessionNode(string name, long incarnation)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Which run of it.</summary>
    public long Incarnation { get; } = incarnation;

    /// <summary>How long its sessions live on after it was last heard of, in microseconds.</summary>
    public long Lease { get; set; }

    /// <summary>When they end unless it is heard of before, in microseconds.</summary>
    public long DueAt { get; set; }

    /// <summary>Its open sessions.</summary>
    public int Sessions { get; set; }
}
