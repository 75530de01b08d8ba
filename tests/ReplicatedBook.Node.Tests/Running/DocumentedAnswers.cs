using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using ReplicatedBook.Node.Api.Http;

namespace ReplicatedBook.Node.Tests.Running;

/// <summary>What a node's OpenAPI document says of the answers of each route.</summary>
internal sealed class DocumentedAnswers(JsonElement document)
{
    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";
    private const int FirstRefusal = 400;

    private readonly StrictSchema _schemas = new(document);

    private readonly List<(Regex Pattern, JsonElement Operations)> _routes =
    [
        .. document.GetProperty("paths").EnumerateObject().OrderBy(route => route.Name.Count(c => c == '{'))
            .Select(route => (new Regex($"^{Regex.Replace(route.Name, @"\{[a-z_]+\}", "[^/]+")}$"), route.Value)),
    ];

    /// <summary>Fails where a route answered with a status, a code or a body that the document does not have
    /// there.</summary>
    /// <returns>Whether the document has the route.</returns>
    public bool Check(string method, string path, Answer answer)
    {
        if (Find(method, path) is not { } operation)
        {
            return false;
        }

        var (status, what) = ((int)answer.Status, $"{method} {path} answers {(int)answer.Status}");
        if (status >= FirstRefusal && answer.Bytes.Length == 0)
        {
            return true; // The web server's own, before there was a route.
        }

        Assert.True(
            operation.GetProperty("responses").TryGetProperty($"{status}", out var response),
            $"{what}, which its description does not have: {answer.Text}");
        if (TypeOf(answer) == ProblemJson)
        {
            Assert.True(
                response.GetProperty("description").GetString()!.Contains($"`{answer.Code}`"),
                $"{what} {answer.Code}, which its description does not have");
        }

        if (FaultOf(response, answer) is { } fault)
        {
            Assert.Fail($"{what}, and its body is not as described: {fault}\n{answer.Text}");
        }

        return true;
    }

    private static string? TypeOf(Answer answer) => answer.Headers.GetValueOrDefault("content-type")?.Split(';')[0];

    private string? FaultOf(JsonElement response, Answer answer)
    {
        var type = TypeOf(answer);
        if (!response.TryGetProperty("content", out var contents))
        {
            return answer.Bytes.Length == 0 ? null : "there should be none";
        }

        if (type is null || !contents.TryGetProperty(type, out var content))
        {
            return $"it is {type ?? "nothing"}";
        }

        return type is Json or ProblemJson or MessagePackBodies.ContentType
            ? _schemas.FaultOf(content.GetProperty("schema"), JsonOf(answer, type))
            : null;
    }

    private static JsonElement JsonOf(Answer answer, string type)
    {
        if (type != MessagePackBodies.ContentType)
        {
            return answer.Json;
        }

        var unpacked = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(unpacked);
        Assert.True(MessagePackBodies.TryToJson(answer.Bytes, writer));
        writer.Flush();
        return JsonDocument.Parse(unpacked.WrittenMemory).RootElement;
    }

    private JsonElement? Find(string method, string path)
    {
        foreach (var (pattern, operations) in _routes)
        {
            if (pattern.IsMatch(path) && operations.TryGetProperty(method.ToLowerInvariant(), out var operation))
            {
                return operation;
            }
        }

        return null;
    }
}
