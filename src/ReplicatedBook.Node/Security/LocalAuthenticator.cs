namespace ReplicatedBook.Node.Security;

/// <summary>Of a node without authentication: everyone is the local user, whatever credential is given.</summary>
internal sealed class LocalAuthenticator : IAuthenticator
{
    /// <inheritdoc/>
    public ValueTask<Identified> IdentifyAsync(HttpContext http) =>
        ValueTask.FromResult(new Identified(Caller.Local(http.Connection.RemoteIpAddress), null));
}
