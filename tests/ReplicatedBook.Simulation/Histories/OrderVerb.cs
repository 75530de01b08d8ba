namespace ReplicatedBook.Simulation.Histories;

/// <summary>What may be asked of an order by the id that its owner gave it.</summary>
internal enum OrderVerb
{
    /// <summary>Never set: guards against a default value.</summary>
    None = 0,

    /// <summary>Places it, unless there is one with the id.</summary>
    Place = 1,

    /// <summary>Takes it out of the book.</summary>
    Cancel = 2,

    /// <summary>Shows it.</summary>
    Read = 3,
}
