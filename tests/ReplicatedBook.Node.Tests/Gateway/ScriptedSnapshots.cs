using ReplicatedBook.Consensus;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Gateway;

/// <summary>Snapshots that are never there, or never become durable.</summary>
internal sealed class ScriptedSnapshots : IReplicaSnapshots
{
    /// <summary>Whether a snapshot never becomes durable; else there is none to be had.</summary>
    public bool Hangs { get; set; }

    public ValueTask<IReadOnlyList<SnapshotDescription>> ListAsync(CancellationToken cancellation) => new([]);

    public async ValueTask<SnapshotDescription?> TakeAsync(CancellationToken cancellation) =>
        Hangs ? await ScriptedLog.NeverAsync<SnapshotDescription?>(cancellation) : null;

    public IDiskFile? Open(SnapshotMark mark) => null;
}
