using System.Text;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Names and texts of events and outcomes, held to what the exchange takes, so that what it would refuse is
/// never logged and each defect names its field.</summary>
internal static class EventTexts
{
    private const int MaxEventId = 40;
    private const int MaxOutcomeId = 20;
    private const int MaxTitle = 256;
    private const int MaxOutcomeTitle = 128;
    private const int MaxCategory = 64;
    private const int MaxDescription = 2_048;

    public static void CheckEventId(string text, Defects defects) => CheckId(text, MaxEventId, "event_id", defects);

    public static void CheckOutcomeId(string text, string field, Defects defects) =>
        CheckId(text, MaxOutcomeId, field, defects);

    public static void CheckTitle(string text, Defects defects) =>
        Check(text, 1, MaxTitle, mayHaveLines: false, "title", defects);

    public static void CheckOutcomeTitle(string text, string field, Defects defects) =>
        Check(text, 1, MaxOutcomeTitle, mayHaveLines: false, field, defects);

    public static void CheckCategory(string text, Defects defects) =>
        Check(text, 0, MaxCategory, mayHaveLines: false, "category", defects);

    public static void CheckDescription(string text, Defects defects) =>
        Check(text, 0, MaxDescription, mayHaveLines: true, "description", defects);

    private static void CheckId(string text, int max, string field, Defects defects)
    {
        if (!IdText.IsId(text) || text.Length > max || text.Contains(':', StringComparison.Ordinal))
        {
            defects.Invalid(field, $"{field} must be 1 to {max} characters of A-Za-z0-9._-");
        }
    }

    private static void Check(string text, int min, int max, bool mayHaveLines, string field, Defects defects)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes < min || bytes > max || HasControls(text, mayHaveLines))
        {
            defects.Invalid(
                field,
                $"{field} must be {min} to {max} bytes of UTF-8 without control characters"
                    + (mayHaveLines ? " but line feeds" : ""));
        }
    }

    private static bool HasControls(string text, bool mayHaveLines)
    {
        foreach (var character in text)
        {
            if (char.IsControl(character) && !(mayHaveLines && character == '\n'))
            {
                return true;
            }
        }

        return false;
    }
}
