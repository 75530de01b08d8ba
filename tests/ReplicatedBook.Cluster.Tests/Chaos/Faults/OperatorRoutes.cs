using System.Net;
using System.Text;

namespace ReplicatedBook.Cluster.Tests.Chaos.Faults;

/// <summary>Asks nodes what operators ask them. Safe from any thread.</summary>
internal sealed class OperatorRoutes : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };

    public void Dispose() => _http.Dispose();

    /// <summary>Whether a node takes POST on a route; "not found" and "method not allowed" say that it does
    /// not.</summary>
    public async Task<bool> ExistsAsync(Uri node, string path) =>
        await SendAsync(node, HttpMethod.Post, path, "[]") is not (
            HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed);

    /// <summary>Sends a request once.</summary>
    /// <returns>The status; null when there was no answer.</returns>
    public async Task<HttpStatusCode?> SendAsync(Uri node, HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(node, path));
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        try
        {
            using var response = await _http.SendAsync(request);
            return response.StatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }
}
