namespace ReplicatedBook.Replication;

/// <summary>Where one peer's values at the same indexes were equal to this node's, and where not.</summary>
/// <remarks>The running digest is a chain and the state follows from the log: what differs at an index differs at every
/// later one, until the peer's whole state is replaced by a snapshot.</remarks>
internal struct AgreementTrack
{
    private long _lastDiffering;

    /// <summary>Last index at which both were equal; 0 before the first.</summary>
    public long AgreedIndex { get; private set; }

    /// <summary>First index known to differ; 0 while none is.</summary>
    public long DifferingIndex { get; private set; }

    /// <summary>This node's value there.</summary>
    public Digest Own { get; private set; }

    /// <summary>The peer's.</summary>
    public Digest Other { get; private set; }

    /// <summary>Takes a comparison into account. One at an earlier index than the last is of a message that came late,
    /// and says nothing of now.</summary>
    /// <returns>Whether the peer was not known to differ before.</returns>
    public bool Note(long index, in Digest own, in Digest other)
    {
        if (own == other)
        {
            if (index >= _lastDiffering)
            {
                (AgreedIndex, DifferingIndex, _lastDiffering) = (Math.Max(AgreedIndex, index), 0, 0);
            }

            return false;
        }

        if (index < AgreedIndex)
        {
            return false;
        }

        var isNew = DifferingIndex == 0;
        if (isNew || index < DifferingIndex)
        {
            (DifferingIndex, Own, Other) = (index, own, other);
        }

        _lastDiffering = Math.Max(_lastDiffering, index);
        return isNew;
    }
}
