using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ReplicatedBook.Node.Tests.Running;

/// <summary>Sends requests as an outsider would and keeps all of the answer.</summary>
public sealed class TestClient(HttpClient http)
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const string DocumentPath = "/openapi/";
    private const int FirstRefusal = 400;

    private static volatile DocumentedAnswers? _documented;

    public HttpClient Http => http;

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Answer> PostAsync(string path, string json, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, Json(json), headers);

    public Task<Answer> PatchAsync(string path, string json, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Patch, path, Json(json), headers);

    public Task<Answer> DeleteAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Delete, path, null, headers);

    public async Task<Answer> SendAsync(
        HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request);
        var answer = await Answer.ReadAsync(response);
        await CheckDocumentedAsync(method.Method, path.Split('?')[0], answer);
        return answer;
    }

    /// <summary>Whatever a test is answered must be as the node's own description of the route says.</summary>
    private async Task CheckDocumentedAsync(string method, string path, Answer answer)
    {
        if (!path.StartsWith(DocumentPath, StringComparison.Ordinal))
        {
            var isDescribed = (await DocumentedAsync()).Check(method, path, answer);
            Assert.True(
                isDescribed || (int)answer.Status >= FirstRefusal, $"{method} {path} answers, but is not described");
        }
    }

    // One program has one document, whichever of its nodes is asked first.
    private async Task<DocumentedAnswers> DocumentedAsync()
    {
        if (_documented is { } known)
        {
            return known;
        }

        using var response = await http.GetAsync($"{DocumentPath}v1.json");
        return _documented = new DocumentedAnswers((await Answer.ReadAsync(response)).Expect(200).Json);
    }

    public static ByteArrayContent Json(string text) => Bytes(Encoding.UTF8.GetBytes(text), "application/json");

    public static ByteArrayContent Bytes(byte[] bytes, string? contentType)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        return content;
    }

    public async Task WaitUntilReadyAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while ((await GetAsync("/readyz")).Status != HttpStatusCode.OK
            || (await GetAsync("/v1/assets?timeout_ms=10000")).Status != HttpStatusCode.OK)
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }
}
