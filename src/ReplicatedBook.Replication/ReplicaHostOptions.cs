using ReplicatedBook.Replication.Feed;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Replication;

/// <summary>Settings of a replica with its threads.</summary>
public sealed record ReplicaHostOptions
{
    /// <summary>Settings of the replica.</summary>
    public required ReplicaOptions Replica { get; init; }

    /// <summary>Where its files are.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Whose they are.</summary>
    public required StorageIdentity Identity { get; init; }

    /// <summary>Sizes of storage.</summary>
    public StorageOptions Storage { get; init; } = new();

    /// <summary>Of the journal of events on the disk; null, the default, for none: then the feed reaches back as far as
    /// memory does.</summary>
    public JournalOptions? Journal { get; init; }

    /// <summary>One step of Raft's clock. Default 10 ms.</summary>
    public TimeSpan TickInterval { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Proposals that may wait for the replica's thread before more are refused. Default 16,384.</summary>
    public int MaxWaitingProposals { get; init; } = 16_384;

    /// <summary>Peers' messages that may wait before more are dropped. Default 16,384.</summary>
    public int MaxWaitingMessages { get; init; } = 16_384;

    /// <summary>Who wants to know how long things take. Default nobody.</summary>
    public IReplicaMeasures Measures { get; init; } = UnmeasuredReplica.Instance;

    /// <summary>Time between two tries to write while the disk is full. Default 1 s.</summary>
    public TimeSpan StorageRetryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Told what an operator should know of and what ends nothing, in words; called on any thread.</summary>
    public Action<string> Noted { get; init; } = static _ => { };

    /// <summary>Told of each peer whose state is found to differ. Called on the replica's thread; must be
    /// short.</summary>
    public Action<Difference> DifferenceFound { get; init; } = static _ => { };

    /// <summary>Told once when this replica has stopped for good. Called on the replica's thread; must be
    /// short.</summary>
    public Action<Divergence> Diverged { get; init; } = static _ => { };
}
