using ReplicatedBook.Benchmarks.Matching;

namespace ReplicatedBook.Matching.Tests.Benchmarks;

/// <summary>Goal: what a benchmark is asked for is understood, or refused with the option's name.</summary>
public sealed class MatchingOptionsTests
{
    [Fact]
    public void Rows_are_chosen_by_parts_of_their_names()
    {
        var options = MatchingOptions.Parse(["--only", "w1,book", "--quick", "--only", "top"]);
        Assert.True(options.IsQuick);
        Assert.True(options.Wants("W1 mixed core") && options.Wants("W2 book alone") && options.Wants("top ten"));
        Assert.False(options.Wants("W2 matching core"));
        Assert.True(MatchingOptions.Parse([]).Wants("anything"));
        Assert.True(options.Operations < MatchingOptions.Parse([]).Operations);
    }

    [Theory]
    [InlineData("--only")]
    [InlineData("--slow")]
    [InlineData("W1")]
    public void Wrong_arguments_for_rows_are_refused_by_name(string argument) => Assert.Contains(
        argument, Assert.Throws<ArgumentException>(() => MatchingOptions.Parse([argument])).Message,
        StringComparison.Ordinal);
}
