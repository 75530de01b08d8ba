using System.ComponentModel.DataAnnotations;

namespace ReplicatedBook.Node.Options;

/// <summary>The HTTP interface for clients; section <c>Http</c>.</summary>
internal sealed class HttpOptions
{
    public const string Section = "Http";

    /// <summary>IP address to listen on. Default 127.0.0.1: nothing beyond this machine unless asked for.</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Port; 0 takes a free one. Default 8001 (API.md 7).</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 8001;

    /// <summary>Certificate and key; none for plain HTTP.</summary>
    public ClientTlsOptions Tls { get; set; } = new();

    /// <summary>Origins whose pages may open <c>/v1/ws</c>, as browsers send them: <c>https://host[:port]</c>. Default
    /// none: only pages that this node serves, under an address or as localhost.</summary>
    public List<string> AllowedOrigins { get; set; } = [];
}
