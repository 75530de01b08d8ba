using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ReplicatedBook.Node.Api.Tcp;

/// <summary>Where the node takes lines.</summary>
internal sealed class LineEndpoint
{
    /// <summary>As the server was told, and with the port it got once it listens; null where the node takes no
    /// lines.</summary>
    public ListenOptions? Listen { get; set; }

    /// <summary>The port, once the node listens; null where it takes no lines.</summary>
    public int? Port => Listen?.IPEndPoint?.Port;
}
