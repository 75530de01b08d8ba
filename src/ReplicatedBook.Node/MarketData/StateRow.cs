namespace ReplicatedBook.Node.MarketData;

/// <summary>A part of a state that is followed.</summary>
/// <param name="Key">Which part.</param>
/// <param name="Essence">What makes it another one when it differs.</param>
/// <param name="Json">As it is told.</param>
internal readonly record struct StateRow(string Key, object Essence, ReadOnlyMemory<byte> Json);
