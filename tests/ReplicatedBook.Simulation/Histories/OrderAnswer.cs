namespace ReplicatedBook.Simulation.Histories;

/// <summary>How a request about an order was answered.</summary>
internal enum OrderAnswer
{
    /// <summary>There was no answer.</summary>
    None = 0,

    /// <summary>Done: placed, taken out, or shown.</summary>
    Done = 1,

    /// <summary>The order with this id and equal content had been placed before.</summary>
    Existing = 2,

    /// <summary>An order with this id and other content had been placed before.</summary>
    OtherContent = 3,

    /// <summary>The order is no longer open.</summary>
    NotOpen = 4,

    /// <summary>There is no such order.</summary>
    NotFound = 5,
}
