namespace ReplicatedBook.Agents;

/// <summary>How a <see cref="PassiveBuyer"/> bids.</summary>
/// <param name="Target">Most it pays, in units of the quote asset; positive. Its bid lies on the tick that is not above
/// it.</param>
/// <param name="Quantity">Of its bid; a multiple of the lot.</param>
/// <param name="Interval">From one look to the next.</param>
public sealed record PassiveBuyerSettings(decimal Target, decimal Quantity, TimeSpan Interval);
