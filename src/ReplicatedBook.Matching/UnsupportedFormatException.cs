namespace ReplicatedBook.Matching;

/// <summary>A later build wrote this: a node of this build must stop before it takes any of it.</summary>
/// <param name="needs">What it needs, for people.</param>
public sealed class UnsupportedFormatException(string needs) : FormatException($"this needs a later build: {needs}")
{
    /// <summary>What it needs.</summary>
    public string Needs { get; } = needs;
}
