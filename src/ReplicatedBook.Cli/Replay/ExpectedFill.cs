namespace ReplicatedBook.Cli.Replay;

/// <summary>One fill as recorded, or as the exchange answered, in the recording's terms.</summary>
/// <param name="MakerOrderId">The recording's id of the resting order.</param>
/// <param name="Ticks">Price, in ten-thousandths.</param>
/// <param name="Quantity">Whole lots.</param>
internal readonly record struct ExpectedFill(long MakerOrderId, long Ticks, long Quantity);
