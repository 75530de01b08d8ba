namespace ReplicatedBook.Benchmarks.Cluster;

/// <summary>An order of a load.</summary>
/// <param name="IsBuy">Else it sells.</param>
/// <param name="Cents">Above 100.00; a tick is a cent.</param>
/// <param name="Lots">Quantity; a lot is 1.</param>
/// <param name="Name">Its client order id.</param>
internal readonly record struct DrawnOrder(bool IsBuy, int Cents, int Lots, string Name);
