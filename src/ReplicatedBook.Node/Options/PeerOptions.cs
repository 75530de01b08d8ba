using System.ComponentModel.DataAnnotations;

namespace ReplicatedBook.Node.Options;

/// <summary>The link between nodes; section <c>Peer</c>.</summary>
internal sealed class PeerOptions
{
    public const string Section = "Peer";

    /// <summary>IP address to listen on. Default 127.0.0.1: nothing beyond this machine unless asked for.</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Port; 0 takes a free one. Default 8301 (API.md 7).</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 8301;

    /// <summary>Certificate, key and authority; none for a plain link.</summary>
    public PeerTlsOptions Tls { get; set; } = new();
}
