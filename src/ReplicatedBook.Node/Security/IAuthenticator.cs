namespace ReplicatedBook.Node.Security;

/// <summary>Says who makes a request.</summary>
internal interface IAuthenticator
{
    /// <summary>Judges the credential of a request. Safe from any thread.</summary>
    ValueTask<Identified> IdentifyAsync(HttpContext http);
}
