using System.Text.Json.Serialization;

namespace ReplicatedBook.Contracts.Http;

/// <summary>One level of a book, or at level 3 one order; in JSON an array of three.</summary>
/// <param name="Price">Its price.</param>
/// <param name="Quantity">What rests.</param>
/// <param name="OrderCount">Orders of the level; 0 where a single order is listed.</param>
/// <param name="OrderId">The order at level 3; null at levels 1 and 2.</param>
[JsonConverter(typeof(BookLevelConverter))]
public readonly record struct BookLevel(string Price, string Quantity, int OrderCount, string? OrderId);
