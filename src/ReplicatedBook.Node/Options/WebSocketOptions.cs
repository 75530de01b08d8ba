using System.ComponentModel.DataAnnotations;

namespace ReplicatedBook.Node.Options;

/// <summary>Connections that stay: <c>/v1/ws</c>; section <c>WebSocket</c>.</summary>
internal sealed class WebSocketOptions
{
    public const string Section = "WebSocket";

    /// <summary>A connection that has neither signed in nor subscribed to anything is closed after this time. Default
    /// 5 s (API.md 3).</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan AuthTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a connection is pinged. Default 15 s (API.md 3).</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A connection from which nothing came for so long is closed; more than <see cref="PingInterval"/>.
    /// Default 30 s (API.md 3).</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:20:00")]
    public TimeSpan SilenceTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of one message of a client's. Default 64 KiB (API.md 1.1).</summary>
    [Range(1 << 10, 1 << 24)]
    public int MaxMessageBytes { get; set; } = 64 << 10;

    /// <summary>Channels that one connection follows at a time. Default 100.</summary>
    [Range(1, 10_000)]
    public int MaxSubscriptions { get; set; } = 100;

    /// <summary>Orders of one connection that are under way at a time; while there are as many, no more is read from
    /// it. Default 32: two of the lots that one account is let in with (<c>Limits:MaxCommandsOfOne</c>), so that a
    /// connection keeps the node busy and does not wait for itself until it is refused.</summary>
    [Range(1, 10_000)]
    public int MaxOrdersUnderWay { get; set; } = 32;

    /// <summary>Messages that wait to be written to one connection. Beyond them each subscription and each order holds
    /// one of its own and goes no further. Default 16: what one write takes.</summary>
    [Range(1, 10_000)]
    public int MaxWaitingMessages { get; set; } = 16;
}
