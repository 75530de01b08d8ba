namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>A matcher that reports what it does and can be asked what rests.</summary>
internal interface IReportingCore : ICore
{
    /// <summary>Its reports; those of one operation in order of their kind.</summary>
    ReportRing Reports { get; }

    /// <summary>The orders of the first book: buys, then sells, each best price first and oldest first. Reads the
    /// book's own state.</summary>
    List<RestingOrder> Resting();
}
