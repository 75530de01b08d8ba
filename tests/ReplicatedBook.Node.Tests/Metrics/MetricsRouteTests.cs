using System.Diagnostics;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Metrics;

/// <summary>Goal: a running node shows every family of API.md 8 whose subject there is, with values that are
/// right.</summary>
public sealed class MetricsRouteTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static readonly Dictionary<string, string> Families = new()
    {
        ["rb_raft_role"] = "gauge",
        ["rb_raft_term"] = "gauge",
        ["rb_raft_leader_changes_total"] = "counter",
        ["rb_raft_commit_index"] = "gauge",
        ["rb_raft_applied_index"] = "gauge",
        ["rb_raft_peer_lag_entries"] = "gauge",
        ["rb_raft_append_seconds"] = "histogram",
        ["rb_wal_fsync_seconds"] = "histogram",
        ["rb_wal_bytes"] = "gauge",
        ["rb_snapshot_last_index"] = "gauge",
        ["rb_commands_total"] = "counter",
        ["rb_command_seconds"] = "histogram",
        ["rb_orders_open"] = "gauge",
        ["rb_trades_total"] = "counter",
        ["rb_book_levels"] = "gauge",
        ["rb_feed_subscribers"] = "gauge",
        ["rb_tcp_connections"] = "gauge",
        ["rb_feed_oldest_index"] = "gauge",
        ["rb_feed_journal_bytes"] = "gauge",
        ["rb_feed_journal_losses_total"] = "counter",
        ["rb_password_hashes"] = "gauge",
        ["rb_http_request_seconds"] = "histogram",
        ["rb_digest_mismatch_total"] = "counter",
        ["rb_replica_diverged"] = "gauge",
        ["rb_build_info"] = "gauge",
        ["process_cpu_seconds_total"] = "counter",
        ["process_resident_memory_bytes"] = "gauge",
        ["process_start_time_seconds"] = "gauge",
        ["dotnet_gc_collections_total"] = "counter",
        ["dotnet_thread_pool_threads"] = "gauge",
    };

    [Fact]
    public async Task Every_family_is_there_with_its_type()
    {
        await node.NewAccountAsync();

        var scraped = await ScrapeAsync();

        Assert.All(Families, family => Assert.Equal(family.Value, scraped.Types.GetValueOrDefault(family.Key)));
        Assert.DoesNotContain(scraped.Samples.Keys, name => name.Contains("account_id=") || name.Contains("order="));
    }

    [Fact]
    public async Task What_was_done_is_counted()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        var before = await ScrapeAsync();
        await node.PlaceAsync(account, symbol, "buy", "10", "1");
        await node.PlaceAsync(account, symbol, "buy", "9", "1");
        await node.PlaceAsync(account, symbol, "sell", "11", "1");
        await node.PlaceAsync(account, symbol, "sell", "10", "1", ""","stp":"none" """);
        (await node.Client.PostAsync("/v1/orders", NodeFixture.Limit(account, symbol, "buy", "1", "99999999")))
            .ExpectProblem(422, "insufficient_funds", "rejected");

        var after = await ScrapeAsync();

        Assert.Equal(2, after.Of($$"""rb_orders_open{instrument="{{symbol}}"}"""));
        Assert.Equal(1, after.Of($$"""rb_book_levels{instrument="{{symbol}}",side="buy"}"""));
        Assert.Equal(1, after.Of($$"""rb_book_levels{instrument="{{symbol}}",side="sell"}"""));
        Assert.Equal(1, after.Of($$"""rb_trades_total{instrument="{{symbol}}"}"""));
        Assert.Equal(4, Grown("""rb_commands_total{type="place_order",outcome="committed"}"""));
        Assert.Equal(1, Grown("""rb_commands_total{type="place_order",outcome="rejected"}"""));
        Assert.Equal(4, Grown("""rb_http_request_seconds_count{method="POST",route="/v1/orders",code="201"}"""));
        foreach (var stage in new[] { "queue", "replicate", "apply", "respond" })
        {
            Assert.Equal(5, Grown($$"""rb_command_seconds_count{stage="{{stage}}"}"""));
        }

        Assert.InRange(Grown("rb_wal_fsync_seconds_count"), 5, double.MaxValue);
        Assert.InRange(Grown("rb_raft_append_seconds_count"), 5, double.MaxValue);
        Assert.Equal(5, Grown("rb_raft_applied_index"));
        Assert.Equal(0, after.Of("rb_digest_mismatch_total"));

        double Grown(string name) => after.Of(name) - before.Samples.GetValueOrDefault(name);
    }

    [Fact]
    public async Task The_leader_says_that_it_leads_and_knows_what_it_was_built_from()
    {
        var answer = await node.Client.GetAsync("/metrics");
        var scraped = ScrapedMetrics.Parse(answer.Expect(200).Text);

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer["content-type"]);
        Assert.Equal(1, scraped.Of("rb_raft_role{role=\"leader\"}"));
        Assert.Equal(0, scraped.Of("rb_raft_role{role=\"follower\"}"));
        Assert.Equal(1, scraped.Of("rb_raft_leader_changes_total"));
        Assert.Contains(scraped.Samples.Keys, name => name.StartsWith("rb_build_info{version=\"0.1.0\",commit=\""));
        (await node.Client.GetAsync("/metrics?x=1")).ExpectProblem(400, "invalid_query");
    }

    [Fact]
    public async Task An_open_stream_is_a_subscriber_until_it_ends()
    {
        using (var request = new HttpRequestMessage(HttpMethod.Get, "/v1/feed"))
        {
            request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
            using var stream = await node.Client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(1, (await ScrapeAsync()).Of("rb_feed_subscribers{transport=\"sse\"}"));
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await ScrapeAsync()).Of("rb_feed_subscribers{transport=\"sse\"}") > 0)
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task Promtool_has_nothing_to_say()
    {
        await node.NewInstrumentAsync();
        var text = (await node.Client.GetAsync("/metrics")).Expect(200).Text;
        var start = new ProcessStartInfo("promtool")
        {
            ArgumentList = { "check", "metrics" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process? promtool = null;
        try
        {
            promtool = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("promtool is not here (Debian package prometheus)");
        }

        using (promtool)
        {
            var output = promtool!.StandardOutput.ReadToEndAsync();
            var error = promtool.StandardError.ReadToEndAsync();
            await promtool.StandardInput.WriteAsync(text);
            promtool.StandardInput.Close();
            await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal((0, "", ""), (promtool.ExitCode, await output, await error));
        }
    }

    private async Task<ScrapedMetrics> ScrapeAsync() =>
        ScrapedMetrics.Parse((await node.Client.GetAsync("/metrics")).Expect(200).Text);
}
