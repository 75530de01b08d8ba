namespace ReplicatedBook.Consensus;

/// <summary>Arithmetic of majorities, and of joint configurations, where two majorities must agree (Raft paper,
/// section 6).</summary>
/// <remarks>A set of voters is given as one value per voter. An empty set agrees to everything, so that a joint
/// configuration with one empty half is the other half.</remarks>
internal static class Quorum
{
    /// <summary>Most voters for which <see cref="CommittedIndex(ReadOnlySpan{long})"/> needs no memory of its
    /// own.</summary>
    private const int MaxVotersOnStack = 32;

    /// <summary>Size of the smallest majority of so many voters.</summary>
    public static int Majority(int voters) => (voters / 2) + 1;

    /// <summary>The highest index that a majority has acknowledged.</summary>
    /// <param name="acknowledged">Per voter the last index it has; 0 for one that has not answered.</param>
    /// <returns>That index; <see cref="long.MaxValue"/> for an empty set.</returns>
    public static long CommittedIndex(ReadOnlySpan<long> acknowledged)
    {
        if (acknowledged.IsEmpty)
        {
            return long.MaxValue;
        }

        Span<long> sorted = acknowledged.Length <= MaxVotersOnStack
            ? stackalloc long[acknowledged.Length]
            : new long[acknowledged.Length];
        acknowledged.CopyTo(sorted);
        sorted.Sort();
        return sorted[^Majority(sorted.Length)];
    }

    /// <summary>The highest index that both majorities of a joint configuration have acknowledged.</summary>
    public static long CommittedIndex(ReadOnlySpan<long> incoming, ReadOnlySpan<long> outgoing) =>
        Math.Min(CommittedIndex(incoming), CommittedIndex(outgoing));

    /// <summary>Where an election stands.</summary>
    /// <param name="votes">Per voter true for yes, false for no, null while it has not answered.</param>
    public static VoteResult CountVotes(ReadOnlySpan<bool?> votes)
    {
        var yes = 0;
        var missing = 0;
        foreach (var vote in votes)
        {
            yes += vote is true ? 1 : 0;
            missing += vote is null ? 1 : 0;
        }

        if (votes.IsEmpty || yes >= Majority(votes.Length))
        {
            return VoteResult.Won;
        }

        return yes + missing >= Majority(votes.Length) ? VoteResult.Pending : VoteResult.Lost;
    }

    /// <summary>Where an election in a joint configuration stands: lost once one half is lost, won once both are
    /// won.</summary>
    public static VoteResult CountVotes(ReadOnlySpan<bool?> incoming, ReadOnlySpan<bool?> outgoing)
    {
        var (first, second) = (CountVotes(incoming), CountVotes(outgoing));
        if (first == second)
        {
            return first;
        }

        return first == VoteResult.Lost || second == VoteResult.Lost ? VoteResult.Lost : VoteResult.Pending;
    }
}
