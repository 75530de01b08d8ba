namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>Something that runs a workload again and again.</summary>
internal interface ICore
{
    /// <summary>What is measured.</summary>
    string Name { get; }

    /// <summary>Trades of the last run.</summary>
    long Trades { get; }

    /// <summary>Empties the book and does all that is not measured.</summary>
    void Prepare();

    /// <summary>What is measured: all operations once.</summary>
    void Run();
}
