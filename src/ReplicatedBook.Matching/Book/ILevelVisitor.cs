namespace ReplicatedBook.Matching.Book;

/// <summary>Looks at levels from the best on. A struct, so that the walk is compiled for it.</summary>
internal interface ILevelVisitor
{
    /// <summary>Looks at one level.</summary>
    /// <returns>Whether to go on to the next.</returns>
    bool Visit(in PriceLevel level);
}
