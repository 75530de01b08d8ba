using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Client.Outcomes;

/// <summary>Turns an outcome into one line for people.</summary>
internal static class OutcomeText
{
    public static string Of(string kind, Problem? problem, string? cause) => problem switch
    {
        { Detail: { } detail } => $"{kind}: {problem.Code}: {detail}",
        { } => $"{kind}: {problem.Code}",
        null => cause is null ? kind : $"{kind}: {cause}",
    };
}
