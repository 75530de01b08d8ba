using ReplicatedBook.Benchmarks.Matching;

namespace ReplicatedBook.Benchmarks.Micro;

/// <summary>One thing that a book does, again and again.</summary>
/// <param name="Workload">What makes the books ready, and then that thing.</param>
/// <param name="SetUp">How many operations make ready.</param>
internal sealed record MicroCase(Workload Workload, int SetUp)
{
    /// <summary>How many operations are measured.</summary>
    public int Operations => Workload.Operations.Length - SetUp;
}
