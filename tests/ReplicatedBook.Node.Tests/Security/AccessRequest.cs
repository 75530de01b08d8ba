using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>A request that is right in all but perhaps its caller.</summary>
internal sealed record AccessRequest(
    string Method, string Path, string? Body, (string Name, string Value)? Credential)
{
    public Task<Answer> SendAsync(TestClient node) => node.SendAsync(
        new HttpMethod(Method), Path, Body is null ? null : TestClient.Json(Body),
        Credential is { } given ? [given] : []);
}
