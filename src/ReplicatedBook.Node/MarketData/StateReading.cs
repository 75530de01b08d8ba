namespace ReplicatedBook.Node.MarketData;

/// <summary>A state that is followed, as it was after an entry.</summary>
/// <param name="Index">The entry.</param>
/// <param name="Rows">All its parts.</param>
internal sealed record StateReading(long Index, IReadOnlyList<StateRow> Rows);
