using Microsoft.AspNetCore.Http;
using ReplicatedBook.Contracts.Grpc;
using ReplicatedBook.Node.Api.Grpc.Protocol;
using ReplicatedBook.Node.Tests.Gateway.Admission;

namespace ReplicatedBook.Node.Tests.Grpc;

/// <summary>What a call asks of its route.</summary>
public sealed class RouteTargetTests
{
    [Theory]
    [InlineData(1, 1_001)]
    [InlineData(150, 1_150)]
    [InlineData(9_000, 10_000)]
    [InlineData(9_001, 8_001)]
    [InlineData(10_000, 9_000)]
    [InlineData(11_000, 10_000)]
    [InlineData(60_000, 10_000)]
    public void A_read_never_ends_just_when_its_deadline_passes(int deadline, int wait)
    {
        Assert.Equal($"/v1/x?timeout_ms={wait}", Target(null, deadline));
        var weak = new ReadOptions { Consistency = Consistency.Weak };
        Assert.EndsWith($"&timeout_ms={wait}", Target(weak, deadline), StringComparison.Ordinal);
    }

    [Fact]
    public void A_read_waits_as_long_as_its_client_says()
    {
        Assert.Equal("/v1/x", Target(null, null));
        Assert.EndsWith("timeout_ms=70", Target(new ReadOptions { TimeoutMs = 70 }, 9), StringComparison.Ordinal);
    }

    private static string Target(ReadOptions? options, int? deadline) => new RouteTarget("/v1/x")
        .With(options, new GrpcCall(
            new DefaultHttpContext(), deadline is { } ms ? TimeSpan.FromMilliseconds(ms) : null, 1_000,
            new ManualTime(), CancellationToken.None))
        .ToString();
}
