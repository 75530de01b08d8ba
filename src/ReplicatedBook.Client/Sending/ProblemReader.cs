using System.Text.Json;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Client.Sending;

/// <summary>Reads the body of an answer that is not a success.</summary>
internal static class ProblemReader
{
    /// <summary>The problem; null when the body is none, as from something between the client and the node.</summary>
    public static Problem? Read(byte[] body)
    {
        try
        {
            var problem = JsonSerializer.Deserialize(body, ResponseJson.Default.Problem);
            return problem is { Code: not null, Outcome: not null } ? problem : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
