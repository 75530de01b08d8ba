using System.Diagnostics;
using System.Reflection;
using ReplicatedBook.Consensus;
using ReplicatedBook.Matching;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Simulation.Power;

/// <summary>In the program that <see cref="PlantedTree"/> builds: looks for each planted defect, in seed after seed,
/// until it is found; then runs seeds without any.</summary>
internal static class PlantedCommand
{
    /// <summary>Seeds in which each must be found (RELIABILITY 5.1).</summary>
    public const int MostSeeds = 2_000;

    /// <summary>Seeds without a defect, per defect and with its focus.</summary>
    private const int CleanSeeds = 6;

    /// <summary>Prints a line for each defect: its number, <c>found</c> or <c>missed</c>, seeds it took, milliseconds,
    /// invariant.</summary>
    /// <param name="folder">Of the files that describe the defects.</param>
    /// <param name="only">One of them; 0 for all.</param>
    /// <returns>0 when it has run; whether all were found is for the caller to read.</returns>
    public static int Run(string folder, int only)
    {
        var switches = SwitchesOf();
        if (switches.Count == 0)
        {
            Console.Error.WriteLine("simulate: nothing is planted in this program");
            return 2;
        }

        foreach (var defect in PlantedFile.ReadAll(folder).Where(defect => only == 0 || defect.Number == only))
        {
            switches.ForEach(current => current.SetValue(null, defect.Number));
            var clock = Stopwatch.StartNew();
            var failure = RangeOf(defect, first: 1, MostSeeds).Run().Failure;
            switches.ForEach(current => current.SetValue(null, 0));
            Console.WriteLine(failure is null
                ? $"M{defect.Number:d2} missed {MostSeeds} {clock.ElapsedMilliseconds} -"
                : $"M{defect.Number:d2} found {failure.Seed} {clock.ElapsedMilliseconds} {failure.Invariant}");
            if (only != 0 && failure is not null)
            {
                Console.WriteLine(failure.Failure);
            }

            var clean = RangeOf(defect, first: 5_000 + (100 * (ulong)defect.Number), CleanSeeds).Run().Failure;
            Console.WriteLine(clean is null ? $"M{defect.Number:d2} clean" : $"M{defect.Number:d2} dirty {clean.Failure}");
        }

        return 0;
    }

    private static SeedRange RangeOf(PlantedFile defect, ulong first, int count) =>
        new(first, count, SimulateCommand.DefaultSeconds * 1_000_000L) { Focus = defect.Focus };

    private static List<FieldInfo> SwitchesOf()
    {
        Type[] products = [typeof(Exchange), typeof(RaftNode), typeof(Replica)];
        return [.. products.Select(type => type.Assembly.GetType("ReplicatedBook.Planted")?.GetField("Current"))
            .OfType<FieldInfo>()];
    }
}
