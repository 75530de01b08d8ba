using ReplicatedBook.Benchmarks.Flash1;

namespace ReplicatedBook.Matching.Tests.Benchmarks;

/// <summary>Goal: what a benchmark is asked for is understood, or refused with the option's name.</summary>
public sealed class Flash1OptionsTests
{
    private static readonly string Hash = new('A', 64);

    [Fact]
    public void Files_keep_their_expected_hashes()
    {
        var options = Flash1Options.Parse(
            ["--workload", "a.bin", "--expect", Hash, "--workload", "b.bin", "--passes", "7", "--only", "ladder"]);
        Assert.Equal([("a.bin", Hash.ToLowerInvariant()), ("b.bin", null)], options.Files);
        Assert.Equal((7, "ladder"), (options.Passes, options.Only));
        var usual = Flash1Options.Parse(["--workload", "a.bin"]);
        Assert.Equal((5, ""), (usual.Passes, usual.Only));
    }

    [Theory]
    [InlineData("--workload")]
    [InlineData("--workload", "--workload")]
    [InlineData("--expect", "--expect", "0")]
    [InlineData("--expect", "--workload", "a", "--expect", "00")]
    [InlineData("--passes", "--workload", "a", "--passes", "0")]
    [InlineData("--passes", "--workload", "a", "--passes", "many")]
    [InlineData("--speed", "--workload", "a", "--speed", "1")]
    public void Wrong_arguments_for_files_are_refused_by_name(string named, params string[] arguments) =>
        Assert.Contains(
            named, Assert.Throws<ArgumentException>(() => Flash1Options.Parse(arguments)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Second_hash_for_one_file_is_refused() => Assert.Throws<ArgumentException>(
        () => Flash1Options.Parse(["--workload", "a", "--expect", Hash, "--expect", Hash]));
}
