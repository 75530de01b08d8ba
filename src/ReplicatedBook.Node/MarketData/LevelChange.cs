using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.MarketData;

/// <summary>What stands at a price after an entry that changed it, in the book's terms.</summary>
/// <param name="Side">Side of the book.</param>
/// <param name="Price">In ticks.</param>
/// <param name="Lots">Lots shown; 0 for a level that is gone.</param>
/// <param name="Orders">How many.</param>
internal readonly record struct LevelChange(Side Side, long Price, long Lots, int Orders);
