namespace ReplicatedBook.Cluster.Tests.Chaos;

/// <summary>How long and how hard a cluster is harmed.</summary>
/// <param name="Duration">How long; without meaning when <paramref name="Cycles"/> is not 0.</param>
/// <param name="Seed">Draws faults and requests.</param>
/// <param name="Nodes">3 or 5.</param>
/// <param name="Cycles">So many faults of the leader alone; 0 for all faults over the duration.</param>
/// <param name="Clients">How many, 1 to 31.</param>
internal sealed record ChaosOptions(TimeSpan Duration, ulong Seed, int Nodes, int Cycles, int Clients)
{
    /// <summary>Requests, faults and checks come in rounds, so that what is to be checked at one time stays
    /// small.</summary>
    public TimeSpan Round { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Fewer acknowledged writes per second of load prove nothing: the run is void, which is a
    /// failure.</summary>
    public double LeastWritesPerSecond { get; init; } = 30;
}
