namespace ReplicatedBook.Contracts.Http;

/// <summary>What became of one order of a batch: an order with fills, or a problem.</summary>
/// <param name="Seq">Position in the request, from 0.</param>
/// <param name="Status">The HTTP status it would have had alone.</param>
/// <param name="Order">The order; absent with a problem.</param>
/// <param name="Fills">Its trades; absent with a problem.</param>
/// <param name="Problem">Why it was refused; absent with an order.</param>
public sealed record BatchResult(
    int Seq, int Status, OrderState? Order, IReadOnlyList<FillResponse>? Fills, Problem? Problem);
