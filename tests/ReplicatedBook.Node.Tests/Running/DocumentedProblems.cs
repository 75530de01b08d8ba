using System.Text.Json;
using System.Text.RegularExpressions;

namespace ReplicatedBook.Node.Tests.Running;

/// <summary>The codes that a node's OpenAPI document gives for each route.</summary>
internal sealed class DocumentedProblems(JsonElement document)
{
    /// <summary>Fails where a route answered with a code that the document does not have there.</summary>
    public void Check(string method, string path, Answer answer)
    {
        if (Find(method, path) is { } operation)
        {
            var status = ((int)answer.Status).ToString();
            Assert.True(
                operation.GetProperty("responses").TryGetProperty(status, out var response)
                && response.GetProperty("description").GetString()!.Contains($"`{answer.Code}`"),
                $"{method} {path} answers {status} {answer.Code}, which its description does not have");
        }
    }

    private JsonElement? Find(string method, string path)
    {
        foreach (var route in document.GetProperty("paths").EnumerateObject().OrderBy(r => r.Name.Count(c => c == '{')))
        {
            var pattern = $"^{Regex.Replace(route.Name, @"\{[a-z_]+\}", "[^/]+")}$";
            if (Regex.IsMatch(path, pattern)
                && route.Value.TryGetProperty(method.ToLowerInvariant(), out var operation))
            {
                return operation;
            }
        }

        return null;
    }
}
