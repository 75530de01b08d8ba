namespace ReplicatedBook.Cli.Replay;

/// <summary>One line of the recorded flow.</summary>
/// <param name="Number">Its number in the file, from 1, the heading not counted.</param>
/// <param name="Row">Row of the recording that it belongs to.</param>
/// <param name="Operation">What it does.</param>
/// <param name="OrderId">The recording's id of the order; 0 for orders that never rest.</param>
/// <param name="IsBuy">Side of the order.</param>
/// <param name="Ticks">Limit, in ten-thousandths.</param>
/// <param name="Quantity">Whole lots; for Reduce, by how many.</param>
internal readonly record struct ReplayLine(
    int Number, long Row, ReplayOperation Operation, long OrderId, bool IsBuy, long Ticks, long Quantity)
{
    public bool IsPlacement => Operation is ReplayOperation.Limit or ReplayOperation.ImmediateOrCancel;
}
