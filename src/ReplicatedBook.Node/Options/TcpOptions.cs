using System.ComponentModel.DataAnnotations;

namespace ReplicatedBook.Node.Options;

/// <summary>The line protocol for clients (API.md 5); section <c>Tcp</c>. It is encrypted where <c>Http:Tls</c> is set,
/// with the same certificate.</summary>
internal sealed class TcpOptions
{
    public const string Section = "Tcp";

    /// <summary>IP address to listen on. Default 127.0.0.1: nothing beyond this machine unless asked for.</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Port; 0 takes a free one. Absent, which is the default: no line protocol. Nodes of a development
    /// cluster have 8201 and so on (API.md 7).</summary>
    [Range(0, 65535)]
    public int? Port { get; set; }

    /// <summary>A connection must have said who it is within this time. Default 5 s (API.md 5).</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan AuthTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Commands of one connection that are without a reply; further ones are not read until some have theirs.
    /// Default 128: one batch and what comes behind it.</summary>
    [Range(1, 1 << 16)]
    public int MaxCommandsUnderWay { get; set; } = 128;
}
