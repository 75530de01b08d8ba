using System.Diagnostics.Metrics;
using ReplicatedBook.Consensus;
using ReplicatedBook.Node.Api;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Metrics;

/// <summary>Where consensus, log and snapshots stand, asked for at each scrape.</summary>
internal static class ReplicaGauges
{
    /// <summary>Adds them to a meter.</summary>
    public static void Register(Meter meter, IReplicatedLog log)
    {
        meter.CreateObservableGauge(
            "rb_raft_role",
            () =>
            {
                var own = EnumText.RoleOf(log.Status);
                return Enum.GetValues<Role>().Select(EnumText.Of).Append(EnumText.Learner).Distinct().Select(
                    role => new Measurement<long>(own == role ? 1 : 0, Label("role", role)));
            },
            null, "1 for the role of this node, 0 for all others.");
        Gauge("rb_raft_term", "Present term.", status => status.Term);
        meter.CreateObservableCounter(
            "rb_raft_leader_changes", () => log.Status.LeaderChanges, null,
            "How often another leader became known here.");
        meter.CreateObservableCounter(
            "rb_digest_mismatch", () => log.Status.DigestMismatches, null,
            "Peers found to have another state than this node at one index; it must never be above zero.");
        Gauge(
            "rb_replica_diverged", "1 where this node has stopped because its state is not the majority's, else 0.",
            status => status.Divergence is null ? 0 : 1);
        Gauge("rb_raft_commit_index", "Highest index known to be committed.", status => status.CommitIndex);
        Gauge("rb_raft_applied_index", "Last index applied to the exchange.", status => status.AppliedIndex);
        meter.CreateObservableGauge(
            "rb_raft_peer_lag_entries",
            () =>
            {
                var status = log.Status;
                return status.Peers.Select(peer => new Measurement<long>(
                    Math.Max(0, status.LastLogIndex - peer.MatchIndex), Label("peer", peer.Node.Value)));
            },
            null, "Entries of the leader's log that are not known to be durable on a peer; on the leader only.");
        Gauge("rb_wal_bytes", "Bytes of all log segments on disk.", status => status.LogBytes);
        Gauge(
            "rb_snapshot_last_index", "Last index in the newest durable snapshot.", status => status.SnapshotIndex);
        meter.CreateObservableGauge(
            "rb_build_info",
            () => new Measurement<long>(
                1, Label("version", NodeReport.OwnVersion), Label("commit", NodeReport.OwnCommit)),
            null, "1; what this program was built from.");

        void Gauge(string name, string help, Func<ReplicaStatus, long> value) =>
            meter.CreateObservableGauge(name, () => value(log.Status), null, help);
    }

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);
}
