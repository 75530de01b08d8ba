using Spectre.Console;

namespace ReplicatedBook.Cli.Output;

/// <summary>Prints tables without lines, as wide as their content.</summary>
internal static class Tables
{
    /// <summary>Prints a table to standard output.</summary>
    /// <param name="headings">One per column; a heading that begins with &gt; is aligned to the right, without that
    /// sign.</param>
    /// <param name="rows">Cells, as many as headings.</param>
    public static void Print(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        foreach (var heading in headings)
        {
            var column = new TableColumn(new Text(heading.TrimStart('>'))) { NoWrap = true };
            column.PadLeft(0).PadRight(2);
            table.AddColumn(heading.StartsWith('>') ? column.RightAligned() : column);
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        console.Profile.Width = Math.Max(console.Profile.Width, 200); // A file or pipe has no width to wrap at.
        console.Write(table);
    }
}
