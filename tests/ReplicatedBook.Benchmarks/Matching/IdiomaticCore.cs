namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>The reference book alone: no accounts, no events.</summary>
internal sealed class IdiomaticCore(Workload workload) : ICore
{
    private ReferenceBook _book = new();

    /// <inheritdoc/>
    public string Name => "idiomatic book (SortedDictionary, LinkedList), matching only";

    /// <inheritdoc/>
    public long Trades => _book.Trades;

    /// <inheritdoc/>
    public void Prepare() => _book = new ReferenceBook();

    /// <inheritdoc/>
    public void Run()
    {
        foreach (ref readonly var operation in workload.Operations.AsSpan())
        {
            if (operation.IsCancel)
            {
                _book.Cancel(operation.Order);
            }
            else
            {
                _book.Place(in operation);
            }
        }
    }
}
