namespace ReplicatedBook.Matching.Commands;

/// <summary>Opens a session of orders for the sender: what is placed in it is canceled when it ends. It ends by command
/// (<see cref="CloseOrderSession"/>), when its node is not heard of for the time of the lease, when its node is started
/// again, or when its user is disabled.</summary>
/// <param name="Node">The node that holds the user's connection.</param>
/// <param name="Incarnation">The run of that node: any number that no other run of it has. Another one than that of the
/// node's open sessions ends those.</param>
/// <param name="Lease">How long the node's sessions live on after it was last heard of, in microseconds:
/// <see cref="MinLease"/> to <see cref="MaxLease"/>. The last one given holds for all of its sessions.</param>
/// <param name="Grace">How long after the session's end its orders go on, in microseconds: 0 to
/// <see cref="MaxGrace"/>.</param>
public readonly record struct OpenOrderSession(string Node, long Incarnation, long Lease, long Grace)
{
    /// <summary>Shortest lease: 1 s.</summary>
    public const long MinLease = 1_000_000;

    /// <summary>Longest lease: 60 s.</summary>
    public const long MaxLease = 60_000_000;

    /// <summary>Longest grace: 60 s.</summary>
    public const long MaxGrace = 60_000_000;
}
