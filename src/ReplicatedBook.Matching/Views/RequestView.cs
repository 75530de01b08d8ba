using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>What became of a request with a key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Index">Log index of its first and only execution.</param>
/// <param name="At">When.</param>
/// <param name="Result">Its result, as <see cref="CommandOutcome"/> encodes it.</param>
public sealed record RequestView(
    RequestKey Key,
    long Index,
    Timestamp At,
    ReadOnlyMemory<byte> Result);
