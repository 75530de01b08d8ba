using System.CommandLine;
using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;

namespace ReplicatedBook.Cli.Commands;

/// <summary>Asks endpoints one after another, each once and with all of the time, until one has carried a request out
/// or may have.</summary>
/// <remarks>For requests without a key: a second attempt elsewhere could not be told from a second request.</remarks>
internal static class EachEndpoint
{
    /// <summary>Asks.</summary>
    /// <returns>The first outcome other than "surely not executed", or the last there is, and who gave it.</returns>
    public static async Task<(WriteOutcome<T> Outcome, Uri Endpoint)> AskAsync<T>(
        ParseResult parse, ReplicatedBookClient client, Func<ReplicatedBookClient, Task<WriteOutcome<T>>> ask)
        where T : class
    {
        for (var i = 0; ; i++)
        {
            var endpoint = client.Endpoints[i];
            using var node = client.At(endpoint, GlobalOptions.Limit(parse));
            var outcome = await ask(node);
            if (outcome.Kind != OutcomeKind.NotExecuted || i + 1 == client.Endpoints.Count)
            {
                return (outcome, endpoint);
            }
        }
    }
}
