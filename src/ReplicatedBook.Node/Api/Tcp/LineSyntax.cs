namespace ReplicatedBook.Node.Api.Tcp;

/// <summary>How one command is written.</summary>
/// <param name="Verb">Which.</param>
/// <param name="Fields">Behind the tag, by position.</param>
/// <param name="Options">Keys of <c>key=value</c> fields behind them, in any order.</param>
internal sealed record LineSyntax(LineVerb Verb, IReadOnlyList<LineField> Fields, IReadOnlyList<string> Options)
{
    /// <summary>Whether the tag may be left out.</summary>
    public bool HasOptionalTag => Verb == LineVerb.Quit;
}
