using System.Globalization;
using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication.Storage;

/// <summary>Names of the files in a data directory; files with other names are left alone.</summary>
internal static class FileNames
{
    public const string HardState = "hardstate";

    /// <summary>Says that the directory is not whole.</summary>
    public const string Wholeness = "wholeness";

    /// <summary>Says how far the log was synced.</summary>
    public const string Synced = "synced";

    /// <summary>End of a name whose file is not complete; removed at opening.</summary>
    public const string Temporary = ".tmp";

    /// <summary>End of the name of a damaged snapshot that an older one stood in for; kept for inspection.</summary>
    public const string Damaged = ".damaged";

    private const string SpareStart = "wal-spare-";
    private const string DamagedStart = "damaged-";
    private const string SegmentStart = "wal-";
    private const string SegmentEnd = ".log";
    private const string SnapshotStart = "snapshot-";
    private const string SnapshotEnd = ".snap";
    private const int Digits = 20;

    public static string Segment(long sequence) =>
        string.Create(CultureInfo.InvariantCulture, $"{SegmentStart}{sequence:D20}{SegmentEnd}");

    public static string Snapshot(SnapshotMark mark) =>
        string.Create(CultureInfo.InvariantCulture, $"{SnapshotStart}{mark.Index:D20}-{mark.Term}{SnapshotEnd}");

    /// <summary>Name of a zeroed file that will be a segment; an incomplete file until then.</summary>
    public static string Spare(long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{SpareStart}{number}{Temporary}");

    /// <summary>Name of a folder for files that must not be used any more.</summary>
    public static string DamagedFolder(long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{DamagedStart}{number}");

    /// <summary>The number of such a folder; null for any other name.</summary>
    public static long? DamagedFolderNumber(string name) =>
        name.StartsWith(DamagedStart, StringComparison.Ordinal) ? Number(name[DamagedStart.Length..]) : null;

    /// <summary>The number of a segment's name; null for any other name.</summary>
    public static long? SegmentSequence(string name) =>
        Middle(name, SegmentStart, SegmentEnd) is { Length: Digits } digits && Number(digits) is { } sequence
            ? sequence
            : null;

    /// <summary>The mark in a snapshot's name; null for any other name.</summary>
    public static SnapshotMark? SnapshotMark(string name) =>
        Middle(name, SnapshotStart, SnapshotEnd) is { Length: > Digits + 1 } text && text[Digits] == '-'
        && Number(text[..Digits]) is { } index && Number(text[(Digits + 1)..]) is { } term
            ? new SnapshotMark(index, term)
            : null;

    /// <summary>The mark in the name of a snapshot that was set aside; null for any other name.</summary>
    public static SnapshotMark? DamagedSnapshotMark(string name) =>
        name.EndsWith(Damaged, StringComparison.Ordinal) ? SnapshotMark(name[..^Damaged.Length]) : null;

    /// <summary>Whether a name is that of one of our incomplete files.</summary>
    public static bool IsTemporary(string name) =>
        name.EndsWith(Temporary, StringComparison.Ordinal)
        && name[..^Temporary.Length] is var rest
        && (rest is HardState or Wholeness or Synced || SegmentSequence(rest) is not null
            || SnapshotMark(rest) is not null || rest.StartsWith(SpareStart, StringComparison.Ordinal));

    /// <summary>Whether a name is that of a file that holds the log, a snapshot or a part of one of them: all but term
    /// and vote, marks and lock.</summary>
    public static bool IsContent(string name) =>
        name == Synced || SegmentSequence(name) is not null || SnapshotMark(name) is not null
        || DamagedSnapshotMark(name) is not null || IsTemporary(name);

    private static string? Middle(string name, string start, string end) =>
        name.Length > start.Length + end.Length
        && name.StartsWith(start, StringComparison.Ordinal) && name.EndsWith(end, StringComparison.Ordinal)
            ? name[start.Length..^end.Length]
            : null;

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
