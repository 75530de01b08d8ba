namespace ReplicatedBook.Node.Tests.Repository;

/// <summary>What matching must be shown to do, by number. Tests name them in traits <c>MatchingScenario</c> ("number
/// name"), in whatever project the promise is kept.</summary>
internal static class MatchingScenarios
{
    public const int Count = 126;

    private const string PriceAndTime =
        """
        fifo_same_price
        best_price_first_both_sides
        price_priority_reverse_arrival
        trade_at_maker_price_buy_and_sell
        exact_touch_crosses
        limit_stops_at_own_price_residual_rests
        residual_becomes_bbo_and_is_fillable
        exact_multilevel_boundary_leaves_nothing
        partial_fill_keeps_maker_at_head
        partial_maker_keeps_head_across_two_takers
        deep_sweep_5000_makers_iterative
        no_phantom_zero_qty_trade_on_exact_exhaust
        post_sweep_book_never_crossed
        empty_book_take
        one_sided_book
        """;

    private const string Cancel =
        """
        cancel_head_then_sweep
        cancel_middle_then_sweep
        cancel_tail_then_sweep
        scattered_cancels_deep_fifo
        cancel_best_level_bbo_updates_bid
        cancel_best_level_bbo_updates_ask
        cancel_empties_side_then_refill
        cancel_unknown_id_rejected
        cancel_after_full_fill_rejected
        double_cancel_rejected
        cancel_partial_fill_releases_remaining_only
        cancel_other_users_order_rejected
        id_reuse_after_cancel
        id_reuse_after_fill
        duplicate_of_any_seen_id_rejected
        duplicate_live_id_rejected_without_side_effects
        mass_cancel_by_account_deterministic_order
        cancel_during_suspension
        """;

    private const string Modify =
        """
        qty_decrease_keeps_priority
        qty_increase_loses
        price_change_loses
        same_values_noop_keeps
        decrease_to_zero_or_below_filled_cancels_or_rejects
        modify_into_cross_trades
        modify_into_cross_at_maker_price_not_own_limit
        modify_partially_filled
        stale_modify_rejected
        sibling_at_same_level_survives_reprice
        fully_filling_crossing_modify_leaves_no_ghost_in_index
        modify_reserve_increase_insufficient_funds_rejected_original_intact
        modify_post_only_into_cross_rejected_original_intact
        modify_side_or_symbol_rejected
        modify_other_user_rejected
        """;

    private const string TypesAndTimes =
        """
        ioc_no_match
        ioc_partial_residual_cancelled_not_rested
        ioc_full
        fok_exact
        fok_multi_level_multi_maker_fills
        fok_one_short_kills_without_any_event_on_makers
        fok_liquidity_beyond_limit_not_counted
        fok_with_own_orders_under_STP
        market_empty_book_cancelled
        market_insufficient_liquidity_residual_cancelled
        market_buy_with_funds_exhausted_mid_sweep/buy_with_budget_exhausted_mid_sweep
        market_protection_band
        post_only_crossing_rejected
        post_only_equal_to_touch_rejected
        post_only_rests
        post_only_with_IOC_FOK_or_market_invalid
        GTD_in_past
        GTD_expires_by_command_time_before_match
        expiry_order_deterministic_and_removed_on_fill
        """;

    private const string SelfTrade =
        """
        cancel_newest_after_filling_others_ahead
        cancel_oldest_then_continue
        cancel_both
        decrement_incoming_larger
        decrement_smaller
        decrement_equal_both_go
        taker_flag_wins
        no_trade_event_or_fee_on_prevented
        different_accounts_unaffected
        STP_releases_reservations
        STP_across_complement/across_runners
        """;

    private const string Validation =
        """
        zero_qty
        negative_qty
        zero_or_negative_price
        tick_violation
        lot_violation
        min_or_max_qty
        min_notional
        price_times_qty_overflow_rejected
        level_total_overflow
        long.MaxValue_price_or_qty
        wide_price_in_domain
        unknown_symbol_or_account
        state_closed_or_suspended
        idempotent_retry_same_client_seq_returns_same_result
        price_band
        """;

    private const string Funds =
        """
        buy_reserves_limit_times_qty_and_max_fee
        sell_reserves_base
        insufficient_by_one_unit_rejected_exact_passes
        better_price_releases_difference_per_fill
        partial_fills_sum_exactly
        cancel_releases_exactly
        fee_rounding_sum_of_partials_vs_whole_documented
        maker_rebate
        no_fee_on_cancel
        balances_never_negative
        sum_of_all_balances_reserved_and_fees_constant
        withdraw_cannot_touch_reserved
        reserved_is_sum_over_open_orders_after_every_command
        """;

    private const string Determinism =
        """
        same_log_same_hash_any_node
        snapshot_and_tail_equal_full_replay
        restored_fifo_equals_original_incl_demoted_orders
        snapshot_bytes_canonical
        restore_failure_leaves_state
        no_wall_clock_guid_or_hash_order
        rejects_are_replayed_identically
        event_seq_gapless
        different_level_structure_implementations_agree
        culture_timezone_architecture_independence
        L2_delta_stream_rebuilds_L2
        query_during_load_is_a_consistent_prefix
        """;

    private const string Markets =
        """
        mint
        merge
        transfer
        split_merge_round_trip
        resolve_pays_exactly
        invalid_resolve_50_50_odd_units
        two_runner_implied
        void
        """;

    // What the exchange does not do yet. Whoever brings it brings the test and takes the name away.
    private static readonly string[] Missing = [];

    /// <summary>As traits name them: "1 fifo_same_price". Numbers 59 and 78 have two.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. new[] { PriceAndTime, Cancel, Modify, TypesAndTimes, SelfTrade, Validation, Funds, Determinism, Markets }
            .SelectMany(part => part.Split('\n', StringSplitOptions.TrimEntries))
            .SelectMany((line, i) => Scenarios.Variants(line).Select(name => $"{i + 1} {name}")),
    ];

    /// <summary>Those that must have a test.</summary>
    public static IReadOnlyList<string> Kept { get; } = [.. All.Except(Missing)];
}
