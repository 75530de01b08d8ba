namespace ReplicatedBook.Simulation.Histories;

/// <summary>Where an order that matches with nothing stands.</summary>
internal enum OrderPhase
{
    /// <summary>Nobody placed it yet.</summary>
    Absent = 0,

    /// <summary>In the book.</summary>
    Open = 1,

    /// <summary>Taken out for good.</summary>
    Canceled = 2,
}
