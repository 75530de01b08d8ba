using System.Net;
using System.Text;
using System.Text.Json;

namespace ReplicatedBook.Node.Tests.Running;

/// <summary>All of an answer.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Headers">By name, in lower case; several values joined by commas.</param>
/// <param name="Bytes">The body.</param>
public sealed record Answer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, byte[] Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => JsonDocument.Parse(Bytes).RootElement;

    public string? Code => Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    public string? Outcome => Json.GetProperty("outcome").GetString();

    public long Index => long.Parse(this["rb-index"]);

    public string this[string header] => Headers[header];

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key.ToLowerInvariant(), header => string.Join(", ", header.Value));
        return new Answer(response.StatusCode, headers, await response.Content.ReadAsByteArrayAsync());
    }

    public bool IsRetryable => Json.GetProperty("retryable").GetBoolean();

    /// <summary>Follows names into the body.</summary>
    public JsonElement At(params string[] path)
    {
        var element = Json;
        foreach (var name in path)
        {
            element = element.ValueKind == JsonValueKind.Array ? element[int.Parse(name)] : element.GetProperty(name);
        }

        return element;
    }

    /// <summary>Text at a path.</summary>
    public string? TextAt(params string[] path) => At(path).GetString();

    public Answer Expect(int status)
    {
        Assert.True((int)Status == status, $"expected {status}, got {(int)Status}: {Text}");
        return this;
    }

    public Answer ExpectProblem(int status, string code, string outcome = "not_executed")
    {
        Expect(status);
        Assert.Equal("application/problem+json", this["content-type"]);
        Assert.Equal((code, outcome, status), (Code, Outcome, At("status").GetInt32()));
        Assert.Equal($"urn:replicatedbook:error:{code}", TextAt("type"));
        Assert.Equal(this["request-id"], TextAt("request_id"));
        return this;
    }
}
