using System.Globalization;
using System.Text;
using ReplicatedBook.Contracts.Grpc;
using ReplicatedBook.Node.Api.Http;

namespace ReplicatedBook.Node.Api.Grpc.Protocol;

/// <summary>Path and parameters of a route that is asked.</summary>
internal sealed class RouteTarget
{
    private const int MaxWriteMs = 30_000;

    // A read that was to end just when the deadline passes might say either: that it waited in vain, or the deadline.
    private const int ApartMs = 1_000;

    private readonly StringBuilder _text = new();
    private bool _hasParameters;

    /// <summary>Begins with a path.</summary>
    /// <param name="path">Its fixed parts alternate with names that clients give, which are encoded.</param>
    public RouteTarget(params ReadOnlySpan<string> path)
    {
        for (var i = 0; i < path.Length; i++)
        {
            _text.Append(i % 2 == 0 ? path[i] : Uri.EscapeDataString(path[i]));
        }
    }

    /// <summary>Adds a parameter, unless it is absent.</summary>
    public RouteTarget With(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _text.Append(_hasParameters ? '&' : '?').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            _hasParameters = true;
        }

        return this;
    }

    /// <summary>Adds a number, unless it is 0.</summary>
    public RouteTarget With(string name, ulong value) =>
        With(name, value == 0 ? null : value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds how a read is served. Where the client does not say how long it waits, its deadline ends it: the
    /// read would end itself a second later, or a second before a deadline that reads do not wait for.</summary>
    public RouteTarget With(ReadOptions? options, GrpcCall call)
    {
        var timeout = options?.TimeoutMs is > 0 and var given ? given
            : call.Remaining is { } left ? (ulong)ApartFrom(left.TotalMilliseconds)
            : 0;
        return options is null
            ? With(Reads.Timeout.Name, timeout)
            : With("consistency", Words.Of(options.Consistency))
                .With("min_index", options.MinIndex)
                .With("at_index", options.AtIndex)
                .With("max_lag_ms", options.MaxLagMs)
                .With(Reads.Timeout.Name, timeout);
    }

    /// <summary>Adds the bound of a write: the deadline of its client.</summary>
    public RouteTarget WithDeadline(GrpcCall call) => With(
        "timeout_ms", call.Remaining is { } left ? (ulong)Math.Min(left.TotalMilliseconds, MaxWriteMs) : 0);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static double ApartFrom(double deadline) => deadline + ApartMs <= Reads.Timeout.Max
        ? deadline + ApartMs
        : Math.Min(deadline - ApartMs, Reads.Timeout.Max);
}
