using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Consensus;

/// <summary>What comes in from peers: who may be heard, and what its term means (Raft paper, 5.1).</summary>
public sealed partial class RaftNode
{
    private void Receive(RaftMessage? message, RaftEffects effects)
    {
        if (message is null || message.To != _config.Id || message.From == _config.Id || !MessageCheck.IsSane(message))
        {
            IgnoredMessages++;
            return;
        }

        var sender = FindPeer(message.From);
        if (sender is null && !IsHeardFromStrangers(message))
        {
            StrangerMessages++;
            return;
        }

        if (sender is null && message is RequestVote { IsTransfer: true } request)
        {
            message = request with { IsTransfer = false }; // Nobody hands over to one who is no member.
        }

        if (message.Term < HardState.Term)
        {
            ReceiveStale(message, effects);
            return;
        }

        if (message.Term > HardState.Term && !AdoptTerm(message, effects))
        {
            return;
        }

        Dispatch(message, sender, effects);
    }

    /// <summary>What is heard even from one that is no member here, because this node may not know it yet.</summary>
    /// <remarks>Entries and snapshots are only sent by who was elected. Votes go by their usual rules, stickiness
    /// first. Answers and questions of strangers could only do harm: a removed node's higher term among them.</remarks>
    private bool IsHeardFromStrangers(RaftMessage message) => message switch
    {
        AppendEntries or InstallSnapshot or RequestVote => true,
        TimeoutNow or ReadIndexReply => message.From == Leader,
        _ => false,
    };

    /// <summary>Moves on to a later term, unless the message only asks or answers what would be.</summary>
    /// <returns>False when the message is to be ignored.</returns>
    private bool AdoptTerm(RaftMessage message, RaftEffects effects)
    {
        switch (message)
        {
            case RequestVote { IsPreVote: true }:
            case RequestVoteReply { IsPreVote: true, IsGranted: true }:
                return true; // The term is that of an election that has not begun.

            case RequestVote { IsTransfer: false } when IsLeaderAlive:
                return false; // Stickiness: whoever left must not depose a leader that serves (Ongaro 2014, 4.2.3).

            case AppendEntries or InstallSnapshot:
                BecomeFollower(message.Term, message.From, effects);
                return true;

            default:
                BecomeFollower(message.Term, leader: null, effects);
                return true;
        }
    }

    private void Dispatch(RaftMessage message, Progress? sender, RaftEffects effects)
    {
        switch (message)
        {
            case AppendEntries append: ReceiveAppend(append, effects); break;
            case InstallSnapshot piece: ReceivePiece(piece, effects); break;
            case RequestVote { IsPreVote: true } question: AnswerPreVote(question, effects); break;
            case RequestVote request: AnswerVote(request, effects); break;
            case RequestVoteReply reply when sender is not null: CountVote(reply, sender, effects); break;
            case AppendEntriesReply reply when Role == Role.Leader && sender is not null:
                ReceiveAppendReply(reply, sender, effects);
                break;
            case InstallSnapshotReply reply when Role == Role.Leader && sender is not null:
                ReceivePieceReply(reply, sender, effects);
                break;
            case ReadIndexRequest request: ReceiveReadRequest(request, effects); break;
            case ReadIndexReply reply: ReceiveReadReply(reply, effects); break;
            case TimeoutNow when message.From == Leader: CampaignForTransfer(effects); break;
        }
    }

    /// <summary>Answers an earlier term's requests with the present term, so that who is behind finds out.</summary>
    /// <remarks>A leader of an earlier term steps down by the answer. Without it a candidate whose term has run ahead
    /// could neither win nor be heard again.</remarks>
    private void ReceiveStale(RaftMessage message, RaftEffects effects)
    {
        var term = HardState.Term;
        switch (message)
        {
            case AppendEntries append:
                effects.MessagesAfterPersist.Add(new AppendEntriesReply(
                    _config.Id, append.From, term, false, append.PreviousIndex, 0, 0, 0));
                break;
            case InstallSnapshot piece:
                effects.MessagesAfterPersist.Add(new InstallSnapshotReply(
                    _config.Id, piece.From, term, piece.Mark, 0, false));
                break;
            case RequestVote request:
                effects.MessagesAfterPersist.Add(new RequestVoteReply(
                    _config.Id, request.From, term, false, request.IsPreVote));
                break;
            case ReadIndexRequest request:
                ReceiveReadRequest(request, effects);
                break;
        }
    }

    /// <summary>Takes the sender for the leader of the present term, or finds that it cannot be.</summary>
    private bool AcceptLeader(NodeId sender, RaftEffects effects)
    {
        if (Role == Role.Leader || (Leader is { } known && known != sender))
        {
            Contradictions++; // Election safety: at most one leader in a term (Raft paper, 5.2).
            return false;
        }

        BecomeFollower(HardState.Term, sender, effects);
        RestartElectionTimer();
        TicksSinceLeaderContact = 0;
        _isLeaderLost = false;
        return true;
    }
}
