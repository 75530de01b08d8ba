using System.ComponentModel.DataAnnotations;

namespace ReplicatedBook.Node.Options;

/// <summary>The gRPC interface for clients; section <c>Grpc</c>. It is encrypted where <c>Http:Tls</c> is set, with the same
/// certificate.</summary>
internal sealed class GrpcOptions
{
    public const string Section = "Grpc";

    /// <summary>IP address to listen on. Default 127.0.0.1: nothing beyond this machine unless asked for.</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Port; 0 takes a free one. Absent, which is the default: no gRPC. Nodes of a development cluster have 8101 and
    /// so on (API.md 7).</summary>
    [Range(0, 65535)]
    public int? Port { get; set; }

    /// <summary>Bytes of one message from a client. Default 1 MiB (API.md 1.1).</summary>
    [Range(1 << 10, 1 << 26)]
    public int MaxMessageBytes { get; set; } = 1 << 20;

    /// <summary>Commands of one session that may be without a reply; further ones are not read until some have theirs. Default
    /// 1,024.</summary>
    [Range(1, 1 << 16)]
    public int MaxSessionCommands { get; set; } = 1_024;

    /// <summary>Calls of one connection at a time. Default 100, which is what HTTP/2 recommends at least.</summary>
    [Range(1, 1 << 16)]
    public int MaxStreamsPerConnection { get; set; } = 100;

    /// <summary>A connection without traffic is asked for a sign of life so often, and closed when none comes in that time:
    /// until then the orders of a lost session are not canceled. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(5);
}
