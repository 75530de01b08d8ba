using System.Diagnostics;
using System.Reflection;
using ReplicatedBook.Consensus;
using ReplicatedBook.Matching;
using ReplicatedBook.Replication;
using ReplicatedBook.Simulation.Plan;
using ReplicatedBook.Simulation.Shrinking;

namespace ReplicatedBook.Simulation.Power;

/// <summary>In the program that <see cref="PlantedTree"/> builds: looks for each planted defect, in seed after seed,
/// until it is found; then runs seeds without any.</summary>
internal static class PlantedCommand
{
    /// <summary>Seeds in which each must be found (RELIABILITY 5.1).</summary>
    public const int MostSeeds = 2_000;

    /// <summary>Seeds without a defect, per defect and with its focus.</summary>
    private const int CleanSeeds = 6;

    private const long FaultTime = SimulateCommand.DefaultSeconds * 1_000_000L;

    /// <summary>Prints a line for each defect: its number, <c>found</c> or <c>missed</c>, seeds it took, milliseconds,
    /// invariant; then whether seeds without it are <c>clean</c>; then <c>found-again</c> for each schedule that must
    /// find it.</summary>
    /// <param name="folder">Of the files that describe the defects; schedules are beside it.</param>
    /// <param name="arguments">One defect only, or its shrinking, may be asked for.</param>
    /// <returns>0 when it has run; whether all were found is for the caller to read.</returns>
    public static int Run(string folder, SimulateArguments arguments)
    {
        var switches = SwitchesOf();
        if (switches.Count == 0)
        {
            Console.Error.WriteLine("simulate: nothing is planted in this program");
            return 2;
        }

        var schedules = SchedulesBeside(folder);
        foreach (var defect in PlantedFile.ReadAll(folder)
            .Where(defect => arguments.Only == 0 || defect.Number == arguments.Only))
        {
            Plant(defect.Number);
            Look(defect, arguments);
            foreach (var schedule in schedules.Where(schedule => schedule.Finds == NameOf(defect)))
            {
                var again = SimulatedCluster.Run(schedule).Invariant == schedule.By ? "found-again" : "not-found-again";
                Console.WriteLine($"{NameOf(defect)} {again}");
            }

            Plant(0);
            var clean = RangeOf(defect, first: 5_000 + (100 * (ulong)defect.Number), CleanSeeds).Run().Failure;
            Console.WriteLine($"{NameOf(defect)} {(clean is null ? "clean" : $"dirty {clean.Failure}")}");
        }

        return 0;

        void Plant(int number) => switches.ForEach(current => current.SetValue(null, number));
    }

    /// <summary>Schedules that a folder beside this one holds.</summary>
    public static IReadOnlyList<Schedule> SchedulesBeside(string folder) =>
    [
        .. Directory.GetFiles(Path.Combine(folder, "..", "Schedules"), "*.txt").Order(StringComparer.Ordinal)
            .Select(file => ScheduleText.Read(File.ReadAllText(file))),
    ];

    private static void Look(PlantedFile defect, SimulateArguments arguments)
    {
        var clock = Stopwatch.StartNew();
        var failure = RangeOf(defect, first: 1, MostSeeds).Run().Failure;
        Console.WriteLine(failure is null
            ? $"{NameOf(defect)} missed {MostSeeds} {clock.ElapsedMilliseconds} -"
            : $"{NameOf(defect)} found {failure.Seed} {clock.ElapsedMilliseconds} {failure.Invariant}");
        if (failure is null || arguments.Only == 0)
        {
            return;
        }

        Console.WriteLine(failure.Failure);
        var plan = SimulationPlan.Draw(failure.Seed, FaultTime, focus: defect.Focus);
        var shrinker = new Shrinker(text => Console.WriteLine($"simulate: {text}"));
        if (arguments.Shrinks && shrinker.Shrink(Schedule.Of(plan)) is var (small, result))
        {
            SimulateCommand.Show(small with { Finds = NameOf(defect) }, result, arguments.WriteTo);
        }
    }

    private static string NameOf(PlantedFile defect) => $"M{defect.Number:d2}";

    private static SeedRange RangeOf(PlantedFile defect, ulong first, int count) =>
        new(first, count, FaultTime) { Focus = defect.Focus };

    private static List<FieldInfo> SwitchesOf()
    {
        Type[] products = [typeof(Exchange), typeof(RaftNode), typeof(Replica)];
        return [.. products.Select(type => type.Assembly.GetType("ReplicatedBook.Planted")?.GetField("Current"))
            .OfType<FieldInfo>()];
    }
}
