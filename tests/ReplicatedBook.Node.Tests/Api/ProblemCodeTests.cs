using System.Reflection;
using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Tests.Api.Betting;
using ReplicatedBook.Node.Tests.Gateway.Sessions;
using ReplicatedBook.Node.Tests.Identity;
using ReplicatedBook.Node.Tests.Repository;
using ReplicatedBook.Node.Tests.Security;
using ReplicatedBook.Node.Tests.Unavailable;

namespace ReplicatedBook.Node.Tests.Api;

/// <summary>Goal: no code without a test that provokes it over HTTP. Method: a table of both, held against the codes
/// there are and against the text of the tests.</summary>
public sealed class ProblemCodeTests
{
    private static readonly ProvokedCode[] Provoked =
    [
        By<BadBodyTests>(ProblemCodes.MalformedRequest, nameof(BadBodyTests.Bytes_that_are_not_utf8_are_refused)),
        Body(ProblemCodes.UnknownField),
        Body(ProblemCodes.DuplicateField),
        Body(ProblemCodes.MissingField),
        Body(ProblemCodes.InvalidField),
        By<ClusterRoutesTests>(
            ProblemCodes.InvalidQuery, nameof(ClusterRoutesTests.The_node_shows_where_it_stands)),
        By<TokenTimeTests>(
            ProblemCodes.TokenExpired, nameof(TokenTimeTests.A_token_ends_with_its_time_and_a_refresh_gives_another)),
        By<SessionRoutesTests>(
            ProblemCodes.InvalidCredentials,
            nameof(SessionRoutesTests.An_unknown_user_a_wrong_password_and_a_disabled_user_are_answered_alike)),
        By<UserRoutesTests>(
            ProblemCodes.BootstrapDone,
            nameof(UserRoutesTests.The_first_administrator_is_made_once_with_the_token_of_the_file)),
        By<UserRoutesTests>(ProblemCodes.LastAdmin, nameof(UserRoutesTests.The_last_administrator_stays_one)),
        By<AuthenticationTests>(
            ProblemCodes.Unauthenticated,
            nameof(AuthenticationTests.A_route_that_is_not_public_needs_a_credential_that_holds)),
        By<AuthorizationTests>(
            ProblemCodes.Forbidden,
            nameof(AuthorizationTests.A_role_or_a_scope_that_is_not_there_is_forbidden_and_only_that_is_logged)),
        By<AuthorizationTests>(
            ProblemCodes.RateLimited,
            nameof(AuthorizationTests.Beyond_its_limit_a_user_is_refused_before_the_log_and_others_are_not)),
        By<ReplayTests>(ProblemCodes.FeatureDisabled, nameof(ReplayTests.Bad_write_parameters_are_refused)),
        By<HeaderTests>(
            ProblemCodes.NotFound, nameof(HeaderTests.An_unknown_route_and_a_wrong_method_are_problems)),
        By<HeaderTests>(
            ProblemCodes.MethodNotAllowed, nameof(HeaderTests.An_unknown_route_and_a_wrong_method_are_problems)),
        By<SlowBodyTests>(
            ProblemCodes.RequestTimeout,
            nameof(SlowBodyTests.A_body_that_does_not_come_is_a_request_timeout_that_was_not_executed)),
        By<ReplayTests>(
            ProblemCodes.DuplicateClientOrderId,
            nameof(ReplayTests.An_order_repeated_by_client_id_is_the_existing_one)),
        By<AccountRoutesTests>(
            ProblemCodes.AlreadyExists, nameof(AccountRoutesTests.Assets_are_created_once_and_listed_in_both_orders)),
        By<OrderRoutesTests>(
            ProblemCodes.OrderNotOpen,
            nameof(OrderRoutesTests.A_canceled_order_cannot_be_canceled_again_and_its_final_state_is_shown)),
        By<OrderSessionTests>(
            ProblemCodes.SessionEnded,
            nameof(OrderSessionTests.Closing_cancels_at_once_and_nothing_is_placed_in_what_has_ended)),
        By<InstrumentRoutesTests>(
            ProblemCodes.MarketStateConflict,
            nameof(InstrumentRoutesTests.A_halted_instrument_takes_no_orders_and_a_closed_one_stays_closed)),
        By<MarketRoutesTests>(
            ProblemCodes.AlreadyResolved, nameof(MarketRoutesTests.Resolving_pays_the_winner_once_and_is_final)),
        By<MarketRoutesTests>(
            ProblemCodes.InvalidOutcome,
            nameof(MarketRoutesTests.Payouts_are_decimals_of_the_markets_outcomes_that_add_up_to_one)),
        By<MemberRoutesTests>(
            ProblemCodes.MembershipChangeInProgress, nameof(MemberRoutesTests.Every_refusal_has_its_code)),
        By<MemberRoutesTests>(
            ProblemCodes.UnsafeMembershipChange, nameof(MemberRoutesTests.Every_refusal_has_its_code)),
        By<FeedRoutesTests>(
            ProblemCodes.IndexCompacted,
            nameof(FeedRoutesTests.Without_a_journal_what_left_the_ring_is_compacted_and_names_the_oldest_index)),
        By<InstrumentRoutesTests>(
            ProblemCodes.VersionMismatch,
            nameof(InstrumentRoutesTests.Fees_change_only_from_the_version_that_was_seen)),
        By<BadBodyTests>(
            ProblemCodes.BodyTooLarge,
            nameof(BadBodyTests.A_body_one_byte_too_large_is_refused_with_and_without_a_length)),
        By<BadBodyTests>(ProblemCodes.UnsupportedMediaType, nameof(BadBodyTests.Compressed_bodies_are_refused)),
        By<AccountRoutesTests>(
            ProblemCodes.InsufficientFunds, nameof(AccountRoutesTests.More_than_is_available_cannot_be_withdrawn)),
        By<OrderRoutesTests>(
            ProblemCodes.InvalidTick,
            nameof(OrderRoutesTests.A_number_that_is_no_multiple_or_no_number_never_reaches_the_log)),
        By<OrderRoutesTests>(
            ProblemCodes.InvalidLot,
            nameof(OrderRoutesTests.A_number_that_is_no_multiple_or_no_number_never_reaches_the_log)),
        Refused(ProblemCodes.MaxLiability),
        Refused(ProblemCodes.BatchUnderWay),
        Refused(ProblemCodes.RunnerRemoved),
        Refused(ProblemCodes.MarketSuspended),
        By<InstrumentRuleRoutesTests>(
            ProblemCodes.MinNotional, nameof(InstrumentRuleRoutesTests.An_order_beyond_a_rule_is_refused)),
        By<InstrumentRuleRoutesTests>(
            ProblemCodes.PriceOutOfBand, nameof(InstrumentRuleRoutesTests.An_order_beyond_a_rule_is_refused)),
        Write(ProblemCodes.MaxQuantity, nameof(WriteRefusalTests.A_refused_order_has_the_code_of_orders)),
        By<OrderRoutesTests>(
            ProblemCodes.PostOnlyWouldTake,
            nameof(OrderRoutesTests.Post_only_is_refused_when_it_would_take_and_when_it_makes_no_sense)),
        By<InstrumentRoutesTests>(
            ProblemCodes.MarketNotOpen,
            nameof(InstrumentRoutesTests.A_halted_instrument_takes_no_orders_and_a_closed_one_stays_closed)),
        Write(ProblemCodes.TooManyOpenOrders, nameof(WriteRefusalTests.A_refused_order_has_the_code_of_orders)),
        Write(
            ProblemCodes.LimitReached,
            nameof(WriteRefusalTests.A_refusal_in_the_log_is_final_and_says_where_it_stands)),
        By<ReplayTests>(
            ProblemCodes.IdempotencyKeyReused,
            nameof(ReplayTests.A_key_with_another_request_is_refused_without_effect)),
        Write(
            ProblemCodes.BatchAborted,
            nameof(WriteRefusalTests.A_refusal_in_the_log_is_final_and_says_where_it_stands)),
        By<UnknownOutcomeTests>(
            ProblemCodes.Internal,
            nameof(UnknownOutcomeTests.A_fault_of_the_node_after_a_write_was_sent_is_unknown_and_during_a_read_is_not)),
        Write(
            ProblemCodes.NoLeader,
            nameof(WriteRefusalTests.A_write_without_a_leader_is_not_executed_and_goes_nowhere)),
        Read(ProblemCodes.NoQuorum, nameof(ReadRefusalTests.A_strong_read_without_a_majority_is_refused)),
        Write(ProblemCodes.Overloaded, nameof(WriteRefusalTests.A_full_inbox_is_overloaded_at_once)),
        Write(ProblemCodes.StorageFull, nameof(WriteRefusalTests.A_write_to_a_full_disk_is_not_executed)),
        Write(
            ProblemCodes.DeadlineExceeded,
            nameof(WriteRefusalTests.A_command_past_its_deadline_is_not_executed_although_it_is_in_the_log)),
        Read(
            ProblemCodes.TooStale,
            nameof(ReadRefusalTests.A_word_of_a_leader_older_than_asked_for_is_too_stale)),
        Read(
            ProblemCodes.IndexNotReached,
            nameof(ReadRefusalTests.An_index_that_is_not_applied_in_time_is_not_reached)),
        Write(
            ProblemCodes.ShuttingDown, nameof(WriteRefusalTests.A_write_on_a_stopping_node_is_not_executed)),
        By<UnknownOutcomeTests>(
            ProblemCodes.OutcomeUnknown, nameof(UnknownOutcomeTests.A_proposal_that_is_never_answered_is_unknown)),
    ];

    /// <summary>Codes of API.md 1.5 that this node never gives, and why.</summary>
    private static readonly Dictionary<string, string> NotGiven = new()
    {
        ["InsufficientPosition"] = "shares are an asset, and too few of them insufficient_funds",
        ["SelfTrade"] = "self-trade prevention cancels and never refuses",
    };

    [Fact]
    public void Every_code_is_provoked_by_a_test() => Assert.Equal(
        ProblemCodes.All.Select(code => code.Code).Except(NotGiven.Keys.Select(Snake)).Order(),
        Provoked.Select(provoked => provoked.Code.Code).Order());

    [Fact]
    public void Every_test_of_the_table_runs_and_names_its_code()
    {
        foreach (var (code, tests, name) in Provoked)
        {
            var method = tests.GetMethod(name)!;
            Assert.True(
                method.GetCustomAttribute<FactAttribute>() is { Skip: null }, $"{name} is not a test that is run");
            Assert.Contains($"\"{code.Code}\"", SourceOf(method), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_not_given_is_used_nowhere_in_the_node()
    {
        foreach (var path in RepositoryFiles.All(".cs").Where(path => path.StartsWith("src/ReplicatedBook.Node/")))
        {
            var text = string.Join('\n', RepositoryFiles.Lines(path));
            Assert.DoesNotContain("new ProblemCode(", text, StringComparison.Ordinal);
            Assert.All(NotGiven.Keys, name => Assert.False(
                text.Contains($"ProblemCodes.{name}", StringComparison.Ordinal), $"{path} gives {name}: test it"));
        }

        Assert.All(NotGiven.Values, Assert.NotEmpty);
    }

    private static ProvokedCode By<T>(ProblemCode code, string test) => new(code, typeof(T), test);

    private static ProvokedCode Body(ProblemCode code) => By<BadBodyTests>(
        code, nameof(BadBodyTests.A_bad_body_is_refused_with_its_own_code_and_never_logged));

    private static ProvokedCode Refused(ProblemCode code) => By<BettingRefusalTests>(
        code, nameof(BettingRefusalTests.Every_refusal_has_its_code));

    private static ProvokedCode Write(ProblemCode code, string test) => By<WriteRefusalTests>(code, test);

    private static ProvokedCode Read(ProblemCode code, string test) => By<ReadRefusalTests>(code, test);

    private static string Snake(string name) =>
        System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    /// <summary>The text of a test with its data; of the whole class where a member gives the code.</summary>
    private static string SourceOf(MethodInfo method)
    {
        var path = RepositoryFiles.All(".cs").Single(path =>
            path.StartsWith("tests/ReplicatedBook.Node.Tests/")
            && path.EndsWith($"/{method.DeclaringType!.Name}.cs"));
        var text = string.Join('\n', RepositoryFiles.Lines(path)).Replace("\\\"", "\"");
        var declared = text.IndexOf($" {method.Name}(", StringComparison.Ordinal);
        var start = text.LastIndexOf("\n\n", declared, StringComparison.Ordinal);
        var end = text.IndexOf("\n\n    [", declared, StringComparison.Ordinal);
        var test = text[Math.Max(start, 0)..(end < 0 ? text.Length : end)];
        var usesMembers = method.GetCustomAttribute<MemberDataAttribute>() is not null
            || test.Contains("ExpectUnknown(", StringComparison.Ordinal);
        return usesMembers ? text : test;
    }
}
