using System.Diagnostics.Metrics;
using ReplicatedBook.Node.Metrics;

namespace ReplicatedBook.Node.Tests.Metrics;

public sealed class PrometheusNameTests : IDisposable
{
    private readonly Meter _meter = new("names");

    [Theory]
    [InlineData("rb_raft_term", null, false, "rb_raft_term")]
    [InlineData("rb_trades", null, true, "rb_trades_total")]
    [InlineData("dotnet.gc.pause.time", "s", true, "dotnet_gc_pause_time_seconds_total")]
    [InlineData("dotnet.process.memory.working_set", "By", false, "dotnet_process_memory_working_set_bytes")]
    [InlineData("dotnet.gc.collections", "{collection}", true, "dotnet_gc_collections_total")]
    [InlineData("dotnet.thread_pool.thread.count", "{thread}", false, "dotnet_thread_pool_threads")]
    [InlineData("dotnet.assembly.count", "{assembly}", false, "dotnet_assemblies")]
    [InlineData("dotnet.thread_pool.work_item.count", "{work_item}", true, "dotnet_thread_pool_work_items_total")]
    public void A_name_ends_in_its_unit_and_a_counter_in_total(
        string name, string? unit, bool isCounter, string expected)
    {
        Instrument instrument = isCounter
            ? _meter.CreateCounter<long>(name, unit) : _meter.CreateUpDownCounter<long>(name, unit);

        Assert.Equal(expected, PrometheusName.Of(instrument, isCounter ? MetricKind.Counter : MetricKind.Gauge));
    }

    public void Dispose() => _meter.Dispose();
}
