using System.Globalization;

namespace ReplicatedBook.Cli.Replay;

/// <summary>Reads the files of a recorded order flow.</summary>
internal static class ReplayFiles
{
    /// <summary>The flow, in order.</summary>
    /// <exception cref="UsageException">The file is missing or a line is not understood.</exception>
    public static IReadOnlyList<ReplayLine> ReadCommands(string path) =>
        [.. Rows(path, 8).Select((cells, at) => new ReplayLine(
            at + 1,
            Number(path, at, cells[0]),
            Operation(path, at, cells[3]),
            Number(path, at, cells[4]),
            cells[5] == "B",
            Number(path, at, cells[6]),
            Number(path, at, cells[7])))];

    /// <summary>The books by row, in order: per level ask price, ask quantity, bid price, bid quantity.</summary>
    public static IReadOnlyList<(long Row, long[] Book)> ReadBooks(string path) =>
        [.. Rows(path, 5).Select((cells, at) =>
            (Number(path, at, cells[0]), cells[1..].Select(cell => Number(path, at, cell)).ToArray()))];

    /// <summary>The fills of each row's aggressor, in order.</summary>
    public static Dictionary<long, List<ExpectedFill>> ReadFills(string path)
    {
        var fills = new Dictionary<long, List<ExpectedFill>>();
        foreach (var (cells, at) in Rows(path, 4).Select((cells, at) => (cells, at)))
        {
            var row = Number(path, at, cells[0]);
            if (!fills.TryGetValue(row, out var list))
            {
                fills[row] = list = [];
            }

            list.Add(new ExpectedFill(
                Number(path, at, cells[1]), Number(path, at, cells[2]), Number(path, at, cells[3])));
        }

        return fills;
    }

    private static IEnumerable<string[]> Rows(string path, int least)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"no file {path}");
        }

        foreach (var line in File.ReadLines(path).Skip(1).Where(line => line.Length > 0))
        {
            var cells = line.Split(',');
            yield return cells.Length >= least
                ? cells
                : throw new UsageException($"{path}: '{line}' has fewer than {least} columns");
        }
    }

    private static long Number(string path, int at, string cell) =>
        long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new UsageException($"{path}, line {at + 2}: '{cell}' is no number");

    private static ReplayOperation Operation(string path, int at, string cell) => cell switch
    {
        "LIMIT" => ReplayOperation.Limit,
        "IOC" => ReplayOperation.ImmediateOrCancel,
        "CANCEL" => ReplayOperation.Cancel,
        "REDUCE" => ReplayOperation.Reduce,
        _ => throw new UsageException($"{path}, line {at + 2}: '{cell}' is none of LIMIT, IOC, CANCEL, REDUCE"),
    };
}
