using ReplicatedBook.Consensus;
using ReplicatedBook.Matching;

namespace ReplicatedBook.Replication;

/// <summary>Settings of one replica.</summary>
public sealed record ReplicaOptions
{
    /// <summary>Settings of its consensus.</summary>
    public required RaftConfig Raft { get; init; }

    /// <summary>Who belongs to a new cluster, all of them voters, the same at each of its nodes; counts until a
    /// snapshot or an entry says otherwise. Empty, the default, for a node that joins: it waits to be told by a
    /// leader.</summary>
    public Membership Bootstrap { get; init; } = Membership.Empty;

    /// <summary>Limits of a new exchange; a snapshot brings its own.</summary>
    public ExchangeLimits Limits { get; init; } = new();

    /// <summary>Entries applied between two snapshots. Default 100,000 (API.md 1.7 asks for a state hash that
    /// often).</summary>
    public long SnapshotEveryEntries { get; init; } = 100_000;

    /// <summary>Time between two snapshots, by the cluster time of the entries: where entries come faster, those in
    /// between are left out, the same ones on every node; at every tenth multiple of
    /// <see cref="SnapshotEveryEntries"/> one is taken all the same. Zero, the default, leaves out none, and so do
    /// fewer <see cref="MaxEntryRecords"/> than that many entries.</summary>
    public TimeSpan SnapshotMinInterval { get; init; }

    /// <summary>Accounts, orders, trades and requests written to a snapshot in one turn, so that none is held up for
    /// long: some of them take a microsecond. Default 1,000.</summary>
    public int SnapshotItemsPerTurn { get; init; } = 1_000;

    /// <summary>Entries kept in the log behind a snapshot, for followers that are a little behind. Default 10,000. Up
    /// to ten times as many are kept while a follower that answers lacks them.</summary>
    public long KeepEntries { get; init; } = 10_000;

    /// <summary>Entries that may wait for commitment before proposals are refused. Default 100,000 (RAFT.md section
    /// 2).</summary>
    public long MaxUncommittedEntries { get; init; } = 100_000;

    /// <summary>Entries whose digest is kept in memory. Default 262,144.</summary>
    public int MaxEntryRecords { get; init; } = 1 << 18;

    /// <summary>Entries whose events are kept in memory. Default 262,144.</summary>
    public int MaxFeedEntries { get; init; } = 1 << 18;

    /// <summary>Bytes of events kept in memory. Default 128 MiB.</summary>
    public long MaxFeedBytes { get; init; } = 128L << 20;

    /// <summary>Entries whose events may wait for the journal on the disk; when there are more, the journal makes all
    /// that wait anew from the log. 0, the default, for no journal.</summary>
    public int MaxJournalQueue { get; init; }

    /// <summary>Clock ticks between two reports of this node's digest to its peers. Default 50, half a second at 10
    /// ms.</summary>
    public int ReportEveryTicks { get; init; } = 50;

    /// <summary>Highest feature level that this node claims and carries out. Below the build's own it holds an upgrade
    /// back. Default: the build's.</summary>
    public int SupportedLevel { get; init; } = FeatureLevels.Supported;

    /// <summary>Largest snapshot accepted from a leader, in bytes. Default 2,000,000,000.</summary>
    public long MaxSnapshotBytes { get; init; } = 2_000_000_000;
}
