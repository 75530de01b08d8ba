using ReplicatedBook.Benchmarks.Snapshots;

namespace ReplicatedBook.Matching.Tests.Benchmarks;

/// <summary>Goal: what a benchmark is asked for is understood, or refused with the option's name.</summary>
public sealed class SnapshotOptionsTests
{
    [Fact]
    public void Number_of_orders_is_a_million_unless_said()
    {
        Assert.Equal(1_000_000, SnapshotOptions.Parse([]).Orders);
        Assert.Equal(20_000, SnapshotOptions.Parse(["--orders", "20000"]).Orders);
    }

    [Theory]
    [InlineData("--orders", "--orders")]
    [InlineData("--orders", "--orders", "0")]
    [InlineData("--orders", "--orders", "3000001")]
    [InlineData("--orders", "--orders", "many")]
    [InlineData("--orders", "--orders", "5", "6")]
    [InlineData("--levels", "--levels", "5")]
    public void Wrong_arguments_are_refused_by_name(string named, params string[] arguments) => Assert.Contains(
        named, Assert.Throws<ArgumentException>(() => SnapshotOptions.Parse(arguments)).Message,
        StringComparison.Ordinal);
}
