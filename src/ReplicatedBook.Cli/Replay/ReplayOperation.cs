namespace ReplicatedBook.Cli.Replay;

/// <summary>What a line of the recorded flow does.</summary>
internal enum ReplayOperation
{
    /// <summary>Rests what does not match at once.</summary>
    Limit = 0,

    /// <summary>Expires what does not match at once.</summary>
    ImmediateOrCancel = 1,

    /// <summary>Takes an order out.</summary>
    Cancel = 2,

    /// <summary>Makes an order smaller; it keeps its time priority.</summary>
    Reduce = 3,
}
