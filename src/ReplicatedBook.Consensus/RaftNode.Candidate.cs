using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Consensus;

/// <summary>Elections: first the question whether one could be won (Ongaro 2014, 9.6), then the election (Raft paper,
/// 5.2).</summary>
public sealed partial class RaftNode
{
    private VoteResult Election
    {
        get
        {
            var votes = new bool?[_voterCount];
            var position = 0;
            if (_isVoter)
            {
                votes[position++] = true;
            }

            foreach (var peer in _peers)
            {
                if (peer.IsVoter)
                {
                    votes[position++] = peer.Vote;
                }
            }

            return Quorum.CountVotes(votes);
        }
    }

    /// <summary>Asks whether an election could be won; term and vote stay as they are.</summary>
    private void AskForPreVotes(RaftEffects effects)
    {
        SetLeader(null, effects);
        RestartElectionTimer();
        if (!MayCampaign)
        {
            Role = Role.Follower;
            return;
        }

        Role = Role.PreCandidate;
        ForgetVotes();
        if (Election == VoteResult.Won)
        {
            Campaign(isTransfer: false, effects); // The only voter there is.
            return;
        }

        RequestVotes(HardState.Term + 1, isPreVote: true, isTransfer: false, effects);
    }

    /// <summary>Raises the term, votes for itself and asks for votes, which leave only once both are durable.</summary>
    private void Campaign(bool isTransfer, RaftEffects effects)
    {
        if (HardState.Term >= MessageCheck.MaxTerm || !MayCampaign)
        {
            return; // Nobody would listen to such a term, or may follow such a node.
        }

        FailReads(effects);
        SetHardState(new HardState(HardState.Term + 1, _config.Id), effects);
        Role = Role.Candidate;
        SetLeader(null, effects);
        RestartElectionTimer();
        ForgetVotes();
        if (Election == VoteResult.Won)
        {
            BecomeLeader(effects);
            return;
        }

        RequestVotes(HardState.Term, isPreVote: false, isTransfer, effects);
    }

    /// <summary>The leader asked for it, so nobody is disturbed: no question first, and no stickiness.</summary>
    private void CampaignForTransfer(RaftEffects effects) => Campaign(isTransfer: true, effects);

    private void ForgetVotes()
    {
        foreach (var peer in _peers)
        {
            peer.Vote = null;
        }
    }

    private void RequestVotes(long term, bool isPreVote, bool isTransfer, RaftEffects effects)
    {
        // Even the question waits for the disk: a node whose disk hangs had better not be chosen.
        foreach (var peer in _peers)
        {
            if (peer.IsVoter)
            {
                effects.MessagesAfterPersist.Add(new RequestVote(
                    _config.Id, peer.Id, term, _log.LastIndex, _log.LastTerm, isPreVote, isTransfer));
            }
        }
    }

    private void CountVote(RequestVoteReply reply, Progress sender, RaftEffects effects)
    {
        var role = reply.IsPreVote ? Role.PreCandidate : Role.Candidate;
        var term = reply is { IsPreVote: true, IsGranted: true } ? HardState.Term + 1 : HardState.Term;
        if (Role != role || reply.Term != term)
        {
            return; // Of an election that is over.
        }

        sender.Vote ??= reply.IsGranted; // The first answer counts; a duplicate adds nothing.
        switch (Election)
        {
            case VoteResult.Won when reply.IsPreVote:
                Campaign(isTransfer: false, effects);
                break;
            case VoteResult.Won:
                BecomeLeader(effects);
                break;
            case VoteResult.Lost:
                StandBack(reply.IsPreVote, effects);
                break;
        }
    }

    /// <summary>Waits again after an election that cannot be won.</summary>
    private void StandBack(bool isPreVote, RaftEffects effects)
    {
        BecomeFollower(HardState.Term, leader: null, effects);
        if (isPreVote)
        {
            // Others may merely not have missed the leader for long enough. Asking costs nobody a term, so it is asked
            // again soon, and a failover does not wait for a second timeout.
            var wait = _config.HeartbeatTicks + _chance.NextBelow(_config.HeartbeatTicks);
            _electionElapsed = _electionTimeout - wait;
        }
    }
}
