namespace ReplicatedBook.Cli.Replay;

/// <summary>Counts what was compared and keeps the first difference.</summary>
internal sealed class ReplayTally
{
    public int RowsCompared { get; private set; }

    public int RowsEqual { get; private set; }

    public int FillListsCompared { get; private set; }

    public int FillListsEqual { get; private set; }

    /// <summary>For people; null while there is none.</summary>
    public string? FirstDifference { get; private set; }

    public void CompareBook(long row, long[] expected, long[] actual)
    {
        RowsCompared++;
        if (expected.AsSpan().SequenceEqual(actual))
        {
            RowsEqual++;
            return;
        }

        FirstDifference ??= $"book of row {row}:\n  expected {Text(expected)}\n  found    {Text(actual)}";
    }

    public void CompareFills(ReplayLine line, List<ExpectedFill> expected, List<ExpectedFill> actual)
    {
        FillListsCompared++;
        if (expected.SequenceEqual(actual))
        {
            FillListsEqual++;
            return;
        }

        FirstDifference ??=
            $"fills of line {line.Number}, row {line.Row}:\n  expected {Text(expected)}\n  found    {Text(actual)}";
    }

    public void MissingFills(IEnumerable<long> rows)
    {
        foreach (var row in rows)
        {
            FillListsCompared++;
            FirstDifference ??= $"fills of row {row}: expected some, but no order of that row could take";
        }
    }

    private static string Text<T>(IEnumerable<T> items) => string.Join(' ', items);
}
