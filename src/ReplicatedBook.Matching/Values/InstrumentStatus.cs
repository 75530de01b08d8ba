namespace ReplicatedBook.Matching.Values;

/// <summary>What an instrument allows.</summary>
/// <remarks>The numbers are in the log and on the wire: never renumber one, never use one again.</remarks>
public enum InstrumentStatus : byte
{
    /// <summary>Everything.</summary>
    Open = 0,

    /// <summary>Nothing but cancels; may open again.</summary>
    Halted = 1,

    /// <summary>Nothing but cancels.</summary>
    CancelOnly = 2,

    /// <summary>Nothing but cancels, for ever.</summary>
    Closed = 3,
}
