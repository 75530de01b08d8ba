using ReplicatedBook.Consensus.Log;

namespace ReplicatedBook.Consensus.Messages;

/// <summary>Tells messages that a correct peer can have sent from those that none can, before anything is done with
/// them.</summary>
internal static class MessageCheck
{
    /// <summary>Highest term taken from a peer: one election a millisecond reaches it after 8,900 years, so that nobody
    /// can drive terms to where they wrap.</summary>
    public const long MaxTerm = 1L << 48;

    /// <summary>Highest index taken from a peer; sums of two indexes stay far from where they wrap.</summary>
    public const long MaxIndex = 1L << 60;

    /// <summary>Whether the content of a message is possible at all, whatever this node's state.</summary>
    public static bool IsSane(RaftMessage message) =>
        message.Term is >= 0 and <= MaxTerm && !string.IsNullOrEmpty(message.From.Value) && message switch
        {
            AppendEntries append => IsSane(append),
            AppendEntriesReply reply => IsIndex(reply.MatchIndex) && IsIndex(reply.HintIndex)
                && reply.HintTerm >= 0 && reply.HintTerm <= reply.Term && reply.ReadRound >= 0,
            RequestVote vote => vote.Term >= 1 && IsPosition(vote.LastIndex, vote.LastTerm)
                && vote.LastTerm < vote.Term,
            InstallSnapshot piece => IsMark(piece.Mark, piece.Term) && IsOffset(piece.Offset),
            InstallSnapshotReply reply => IsMark(reply.Mark, reply.Term) && IsOffset(reply.NextOffset),
            ReadIndexReply reply => reply.Index is >= -1 and <= MaxIndex && IsIndex(reply.LeaderLastIndex),
            RequestVoteReply or ReadIndexRequest or TimeoutNow => true,
            _ => false,
        };

    private static bool IsSane(AppendEntries append)
    {
        if (append.Entries is null || append.Term < 1 || append.PreviousTerm > append.Term
            || !IsPosition(append.PreviousIndex, append.PreviousTerm) || !IsIndex(append.LeaderCommit)
            || append.ReadRound < 0 || !IsIndex(append.LastSentIndex))
        {
            return false;
        }

        var (index, term) = (append.PreviousIndex, Math.Max(append.PreviousTerm, 1));
        for (var i = 0; i < append.Entries.Count; i++)
        {
            var entry = append.Entries[i];
            if (entry.Index != ++index || entry.Term < term || entry.Kind > EntryKind.Configuration
                || (entry.Kind == EntryKind.Configuration
                    && Membership.Read(entry.Payload.Span) is not { VoterCount: > 0 }))
            {
                return false;
            }

            term = entry.Term;
        }

        return term <= append.Term && index <= MaxIndex;
    }

    private static bool IsIndex(long index) => index is >= 0 and <= MaxIndex;

    private static bool IsOffset(long offset) => offset is >= 0 and <= MaxIndex;

    /// <summary>Before the first entry stands index 0 with term 0, and nothing else does.</summary>
    private static bool IsPosition(long index, long term) => IsIndex(index) && term >= 0 && (index == 0) == (term == 0);

    private static bool IsMark(SnapshotMark mark, long term) =>
        mark.Index >= 1 && IsIndex(mark.Index) && mark.Term >= 1 && mark.Term <= term;
}
