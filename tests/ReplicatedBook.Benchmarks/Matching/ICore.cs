namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>Something that runs a workload again and again.</summary>
internal interface ICore
{
    /// <summary>What is measured.</summary>
    string Name { get; }

    /// <summary>Empties the book and does all that is not measured.</summary>
    void Prepare();

    /// <summary>What is measured: carries out operations of the workload.</summary>
    /// <param name="start">The first; all before it are carried out already.</param>
    /// <param name="count">How many.</param>
    void Run(int start, int count);
}
