using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Reads the results that the exchange writes.</summary>
public static class ResultCodec
{
    /// <summary>Decodes a result.</summary>
    /// <exception cref="FormatException">The bytes are no result of a version this code knows.</exception>
    public static CommandOutcome Read(ReadOnlySpan<byte> result) => throw new NotImplementedException();
}
