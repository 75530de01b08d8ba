using ReplicatedBook.Simulation.Plan;
using ReplicatedBook.Simulation.Power;
using Xunit;

namespace ReplicatedBook.Simulation.Tests;

/// <summary>Goal: what was once found is found for ever. Method: failures made small are kept as schedules, since seeds
/// mean something else as soon as the code draws otherwise.</summary>
public sealed class ScheduleTests
{
    private static IReadOnlyList<Schedule> Schedules => PlantedCommand.SchedulesBeside(PlantedTree.Defects);

    [Fact]
    public void Schedules_break_no_promise() => Assert.All(Schedules, schedule =>
    {
        var result = SimulatedCluster.Run(schedule);

        Assert.True(result.Failure is null, result.Failure);
    });

    [Fact]
    public void Schedules_find_the_hosts_mistakes_that_they_were_made_of()
    {
        var hosts = Schedules.Where(schedule => Enum.TryParse<PlantedDefect>(schedule.Finds, out _)).ToList();

        Assert.NotEmpty(hosts);
        Assert.All(hosts, schedule =>
        {
            var defect = Enum.Parse<PlantedDefect>(schedule.Finds!);
            var result = SimulatedCluster.Run(schedule with { Plan = schedule.Plan with { Defect = defect } });

            Assert.Equal(schedule.By, result.Invariant);
        });
    }

    [Fact]
    public void A_schedule_is_read_as_it_was_written()
    {
        var plan = SimulationPlan.Draw(77, 20_000_000);
        var schedule = Schedule.Of(plan) with
        {
            Kept = new Dictionary<int, IReadOnlySet<int>> { [1] = new HashSet<int> { 1, 2, 3, 9 } },
            Finds = "M04",
            By = "leaders-are-complete",
        };

        var read = ScheduleText.Read(ScheduleText.Write(schedule, "a remark"));

        Assert.Equal(ScheduleText.Write(schedule), ScheduleText.Write(read));
        Assert.Equal(SimulatedCluster.Run(schedule).TraceHash, SimulatedCluster.Run(read).TraceHash);
    }

    [Theory]
    [InlineData("")]
    [InlineData("replicatedbook simulation schedule, version 2")]
    [InlineData("replicatedbook simulation schedule, version 1\nplan Nodes=3")]
    [InlineData("replicatedbook simulation schedule, version 1\nplan Seed=1\nplan Nodse=3")]
    [InlineData("replicatedbook simulation schedule, version 1\nplan Seed=1\nfault at=1 Stop nose=3")]
    public void A_text_that_is_no_schedule_is_refused(string text) =>
        Assert.Throws<FormatException>(() => ScheduleText.Read(text));
}
