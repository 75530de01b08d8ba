namespace ReplicatedBook.Node.Tests.Repository;

/// <summary>What consensus must be shown to bear: scenarios by number, and reports from users of other Raft
/// libraries. Tests name them in traits <c>Scenario</c> ("number name") and <c>FieldReport</c>.</summary>
internal static class Scenarios
{
    private const string Elections =
        """
        follower_starts_election_after_timeout
        timeouts_randomised_no_conflict
        leader_elected_in_one_round
        vote_once_per_term_survives_restart
        vote_only_if_log_up_to_date
        candidate_yields_to_same_term_leader
        split_vote_resolves
        dueling_candidates_higher_term_wins
        stale_term_message_ignored_or_answered
        prevote_does_not_bump_term
        prevote_rejected_while_leader_alive
        prevote_split_vote
        rejoining_partitioned_node_does_not_disrupt
        check_quorum_leader_steps_down
        free_stuck_candidate
        smaller_term_node_can_finish_election
        one_way_isolation_no_livelock
        self_vote_after_lost_election_ignored
        slow_voter_does_not_block_election
        newer_term_shorter_log_cannot_block_election
        """;

    private const string Replication =
        """
        figure7_all_follower_logs_reconciled
        commit_only_current_term_entries
        new_leader_noop_commits_old_entries
        follower_commit_capped_at_last_new_entry
        reject_hint_backtracks_in_O(terms)
        duplicate_and_reordered_appends_idempotent
        same_term_duplicate_never_truncates
        committed_entry_never_overwritten
        probe_to_replicate_transition
        inflight_window_full_pauses_then_resumes
        byte_limit_pauses
        heartbeat_recovers_probing_peer
        heartbeat_does_not_carry_commit_past_match
        lagging_commit_catches_up
        slow_follower_catches_up_under_full_load
        slow_follower_after_compaction_gets_snapshot
        uncommitted_limit_rejects_not_blocks
        leader_with_dropped_round_never_stalls
        deposed_leader_releases_all_waiters_fast
        proposals_fail_with_unknown_or_notleader_exactly
        """;

    private const string Storage =
        """
        ack_and_vote_only_after_durable
        leader_counts_itself_only_after_own_fsync
        async_append_ABA_race
        hard_state_and_entries_order
        kill9_all_nodes_loses_no_acked_write
        kill9_at_every_write_boundary
        torn_tail_truncated_valid_prefix_kept
        mid_log_corruption_detected_node_refuses_to_vote
        corrupt_entry_repaired_from_peers
        fsync_error_is_fatal_never_retried
        disk_full_backpressure
        entry_spanning_segment_boundary_roundtrip
        stale_vote_file_rejected
        disk_stall_on_minority_does_not_raise_p99
        pending_snapshot_pauses_append
        snapshot_failure_back_to_probe
        stale_snapshot_ignored
        snapshot_at_last_index_resumes_replicate
        snapshot_superseded_while_streaming
        crash_during_install_keeps_old_or_new
        snapshot_build_does_not_block_apply_or_append
        restore_equals_replay_hash
        """;

    private const string MembersAndClients =
        """
        learner_receives_log_does_not_vote
        promote_caught_up_learner
        learner_votes_if_asked
        second_change_while_pending_refused
        remove_leader_steps_down_after_commit
        removed_node_cannot_disrupt
        removed_then_readded_rejoins
        config_rolls_back_with_truncated_entry
        transfer_to_up_to_date/to_behind/to_unknown/to_self/times_out/blocks_proposals
        add_node_from_empty_by_log_replay
        readindex_waits_for_own_term_commit
        partitioned_leader_cannot_serve_strong_read
        follower_read_confirms_quorum
        lease_read_refused_after_pause_or_clock_step
        duplicate_request_applied_once
        session_table_in_snapshot
        forward_to_leader_retries_on_leader_change
        """;

    private const string WholeClusters =
        """
        random_faults_safety
        liveness_after_healing
        linearizability_of_order_operations
        identical_book_hash_on_all_nodes_at_every_index
        harness_catches_reintroduced_known_bugs
        same_seed_same_trace
        """;

    /// <summary>As traits name them: "17 one_way_isolation_no_livelock". Number 71 has several.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. new[] { Elections, Replication, Storage, MembersAndClients, WholeClusters }
            .SelectMany(part => part.Split('\n', StringSplitOptions.TrimEntries))
            .SelectMany((line, i) => Variants(line).Select(name => $"{i + 1} {name}")),
    ];

    /// <summary>As traits name them.</summary>
    public static IReadOnlyList<string> FieldReports { get; } =
    [
        "entries crossing a segment boundary",
        "committed write lost over a graceful restart",
        "removed member cannot rejoin",
        "rolling upgrade broken by a new mandatory header",
        "production stall after a dropped replication round",
        "deposed leader hangs and all calls to it time out",
        "no progress after many leader changes",
        "leader's memory grows while a node is down",
        "latency rises when a minority is down (black-holed, not refused)",
        "crash of the log after a power cycle or a snapshot install",
        "endless elections when all nodes start at once",
        "a hung node hangs the leader",
        "needless snapshot installs",
    ];

    /// <summary>"transfer_to_self/times_out" is transfer_to_self and transfer_times_out.</summary>
    internal static IEnumerable<string> Variants(string line)
    {
        var parts = line.Split('/');
        var subject = parts.Length == 1 ? "" : line[..(line.IndexOf('_') + 1)];
        return parts.Select((part, i) => i == 0 ? part : subject + part);
    }
}
