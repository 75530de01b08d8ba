namespace ReplicatedBook.Cli.Replay;

/// <summary>A recorded flow and what is expected of it.</summary>
/// <param name="Lines">The flow.</param>
/// <param name="Books">Expected books by row; empty when they are not compared.</param>
/// <param name="Fills">Expected fills by row; entries are taken out as they are compared.</param>
/// <param name="HasFills">Whether fills are compared.</param>
/// <param name="MaxBatch">Most orders in one request, 1 to 100.</param>
internal sealed record ReplayInput(
    IReadOnlyList<ReplayLine> Lines,
    IReadOnlyList<(long Row, long[] Book)> Books,
    Dictionary<long, List<ExpectedFill>> Fills,
    bool HasFills,
    int MaxBatch);
