namespace ReplicatedBook.Matching.Values;

/// <summary>A positive decimal number without floating point: the size of a tick or a lot.</summary>
/// <param name="Mantissa">Positive, at most 10^18 - 1.</param>
/// <param name="Scale">Digits after the point, 0 to 12; the number is Mantissa / 10^Scale. Trailing zeros are kept as
/// given.</param>
public readonly record struct DecimalSize(long Mantissa, int Scale);
