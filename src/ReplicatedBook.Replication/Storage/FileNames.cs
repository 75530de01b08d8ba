using System.Globalization;
using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication.Storage;

/// <summary>Names of the files in a data directory; files with other names are left alone.</summary>
internal static class FileNames
{
    public const string HardState = "hardstate";

    /// <summary>End of a name whose file is not complete; removed at opening.</summary>
    public const string Temporary = ".tmp";

    /// <summary>End of the name of a damaged snapshot that an older one stood in for; kept for inspection.</summary>
    public const string Damaged = ".damaged";

    private const string SegmentStart = "wal-";
    private const string SegmentEnd = ".log";
    private const string SnapshotStart = "snapshot-";
    private const string SnapshotEnd = ".snap";
    private const int Digits = 20;

    public static string Segment(long sequence) =>
        string.Create(CultureInfo.InvariantCulture, $"{SegmentStart}{sequence:D20}{SegmentEnd}");

    public static string Snapshot(SnapshotMark mark) =>
        string.Create(CultureInfo.InvariantCulture, $"{SnapshotStart}{mark.Index:D20}-{mark.Term}{SnapshotEnd}");

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
        && (rest == HardState || SegmentSequence(rest) is not null || SnapshotMark(rest) is not null);

    private static string? Middle(string name, string start, string end) =>
        name.Length > start.Length + end.Length
        && name.StartsWith(start, StringComparison.Ordinal) && name.EndsWith(end, StringComparison.Ordinal)
            ? name[start.Length..^end.Length]
            : null;

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
