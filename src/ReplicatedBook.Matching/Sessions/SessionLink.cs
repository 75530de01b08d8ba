namespace ReplicatedBook.Matching.Sessions;

/// <summary>Where an order stands in its session; kept beside the few orders that say so.</summary>
internal struct SessionLink
{
    /// <summary>Slot of the session.</summary>
    public int Session;

    /// <summary>Slot of the session's next open order by id; -1 behind the last.</summary>
    public int Next;

    /// <summary>Slot of the one before; -1 before the first.</summary>
    public int Previous;
}
