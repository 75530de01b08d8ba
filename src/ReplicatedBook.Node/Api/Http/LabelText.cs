namespace ReplicatedBook.Node.Api.Http;

/// <summary>Texts for people that are kept in the replicated state.</summary>
internal static class LabelText
{
    private const int MaxLength = 64;

    /// <summary>Notes a text that is not 0 to 64 printable ASCII characters.</summary>
    public static void Check(string text, string field, Defects defects)
    {
        if (text.Length > MaxLength || text.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0)
        {
            defects.Invalid(field, $"{field} must be 0 to 64 printable ASCII characters");
        }
    }
}
