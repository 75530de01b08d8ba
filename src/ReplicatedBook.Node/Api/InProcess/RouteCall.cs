using System.Net;

namespace ReplicatedBook.Node.Api.InProcess;

/// <summary>A request of another transport, in the terms of the HTTP interface.</summary>
/// <param name="Method">GET, POST, PATCH, PUT or DELETE.</param>
/// <param name="PathAndQuery">As it would stand in the request line: percent-encoded.</param>
internal sealed record RouteCall(string Method, string PathAndQuery)
{
    /// <summary>JSON; empty for none. Must not change until the answer is there.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The credential of the connection, with its scheme; null for none. It is judged at every call, so what
    /// is revoked holds no longer.</summary>
    public string? Authorization { get; init; }

    /// <summary>Where the connection comes from; null where no address is known.</summary>
    public IPAddress? Origin { get; init; }

    /// <summary>The client's name for this request; null to have one made up.</summary>
    public string? RequestId { get; init; }

    /// <summary>Makes a write exactly-once; null for none.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Number of the session that orders of this call belong to; 0 for none.</summary>
    public long OrderSession { get; init; }

    /// <summary>Whether its command waits for its turn as long as it takes, instead of being refused as overloaded
    /// after a short time: of a connection that bounds itself what it has under way.</summary>
    public bool IsPatient { get; init; }
}
