namespace ReplicatedBook.Node.Api.Tcp;

/// <summary>A line that was understood.</summary>
/// <param name="Verb">What it asks for.</param>
/// <param name="Tag">Chosen by the client; empty where the command has none.</param>
/// <param name="Fields">By position; words in their one form. An optional one may be absent.</param>
/// <param name="Options">By key, each once.</param>
internal sealed record LineCommand(
    LineVerb Verb, string Tag, IReadOnlyList<string> Fields, IReadOnlyDictionary<string, string> Options)
{
    /// <summary>An option's value; null when it was not given.</summary>
    public string? Option(string key) => Options.GetValueOrDefault(key);

    /// <summary>Whether it changes something, so that it has to stand in the log behind all that was sent
    /// before.</summary>
    public bool IsWrite => Verb is LineVerb.New or LineVerb.Modify or LineVerb.Cancel or LineVerb.CancelAll
        or LineVerb.Credit;
}
