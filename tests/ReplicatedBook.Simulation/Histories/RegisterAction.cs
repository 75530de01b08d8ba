namespace ReplicatedBook.Simulation.Histories;

/// <summary>A write to a register or a read of it.</summary>
/// <param name="IsWrite">Which of both.</param>
/// <param name="Value">What was written, or what the read answered.</param>
internal readonly record struct RegisterAction(bool IsWrite, long Value);
