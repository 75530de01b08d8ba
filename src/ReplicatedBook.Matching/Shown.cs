namespace ReplicatedBook.Matching;

/// <summary>Which order the answer to a command shows, and with which fills.</summary>
internal struct Shown
{
    /// <summary>Its slot among the open or the closed; -1 when there is no order to show.</summary>
    public int Slot;

    /// <summary>Whether it rests; else it is among the closed.</summary>
    public bool IsOpen;

    /// <summary>Whether it was placed by an earlier command; then all its fills are shown.</summary>
    public bool IsExisting;

    /// <summary>Last trade before the command; trades after it are the command's.</summary>
    public long TradesBefore;
}
