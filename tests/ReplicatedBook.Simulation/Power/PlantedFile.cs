using ReplicatedBook.Simulation.Plan;

namespace ReplicatedBook.Simulation.Power;

/// <summary>A defect to be planted in the products, as a file of Planted/ describes it.</summary>
/// <remarks>Lines: # what is wrong; <c>focus</c> with kinds of faults that are switched on in all its seeds;
/// <c>found-by</c> with the invariants that name the defect or its effect; then changes: <c>file</c>, and between the
/// marks
/// of a merge conflict what stands there and what is to stand there.</remarks>
/// <param name="Number">Its number, from 1; what <c>Planted.Is</c> is asked for.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Focus">Kinds of faults of which every seed has its part.</param>
/// <param name="FoundBy">Invariants that may find it.</param>
/// <param name="Changes">What is changed.</param>
internal sealed record PlantedFile(
    int Number, string What, FaultClass Focus, IReadOnlyList<string> FoundBy,
    IReadOnlyList<PlantedFile.Change> Changes)
{
    /// <summary>Reads all files of a folder, by number.</summary>
    public static IReadOnlyList<PlantedFile> ReadAll(string folder) =>
        [.. Directory.GetFiles(folder, "M*.txt").Select(Read).OrderBy(file => file.Number)];

    private static PlantedFile Read(string path)
    {
        var lines = File.ReadAllLines(path);
        var read = new PlantedFile(
            int.Parse(Path.GetFileNameWithoutExtension(path).AsSpan(1), provider: null), lines[0].TrimStart('#', ' '),
            FaultClass.None, [], []);
        var (changes, name) = (new List<Change>(), "");
        for (var i = 1; i < lines.Length; i++)
        {
            var words = lines[i].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case ["focus", .. var kinds]:
                    var focus = kinds.Aggregate(FaultClass.None, (all, kind) => all | Enum.Parse<FaultClass>(kind));
                    read = read with { Focus = focus };
                    break;
                case ["found-by", .. var invariants]: read = read with { FoundBy = invariants }; break;
                case ["file", var file]: name = file; break;
                case ["<<<<<<<"]:
                    var middle = Array.IndexOf(lines, "=======", i);
                    var end = Array.IndexOf(lines, ">>>>>>>", middle);
                    changes.Add(new Change(
                        name, string.Join('\n', lines[(i + 1)..middle]), string.Join('\n', lines[(middle + 1)..end])));
                    i = end;
                    break;
                case [] or ["#", ..]: break;
                default: throw new FormatException($"{path}, line {i + 1}: '{lines[i]}'");
            }
        }

        return read with { Changes = changes };
    }

    /// <summary>Replaces a text that stands in a file exactly once.</summary>
    /// <param name="File">Path from the root of the repository.</param>
    /// <param name="Original">What stands there.</param>
    /// <param name="Replacement">What does the wrong thing where <c>Planted.Is</c> says so, and the right one
    /// elsewhere.</param>
    internal sealed record Change(string File, string Original, string Replacement);
}
