using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Consensus;

/// <summary>A node that lost what it had promised takes no part in elections until it has again all that it may have
/// promised (argued in README.md).</summary>
public sealed partial class RaftNode
{
    /// <summary>A log no longer than this is that of a cluster that is being founded.</summary>
    private const long FoundingEntries = 64;

    private long _wholeAt; // Last index of the leader of this term when it answered this start's question; 0 for none.
    private long _provenIndex; // Last index known in this term to equal its leader's log.

    /// <summary>Whether this node's disk holds all that it ever promised.</summary>
    public Wholeness Wholeness { get; private set; }

    /// <summary>Whether this node would help this candidate as far as its own disk goes.</summary>
    private bool MayHelp(RequestVote request) => Wholeness == Wholeness.Whole
        || (IsFounding && request.LastIndex <= FoundingEntries);

    private bool IsFounding => Wholeness == Wholeness.New && _log.LastIndex <= FoundingEntries;

    /// <summary>Only voters campaign, and only with a disk that holds what they promised.</summary>
    private bool MayCampaign => (_isVoter || IsRemovalOpen)
        && (Wholeness == Wholeness.Whole || IsFounding);

    /// <summary>Asks the leader, until it has answered, how far its log reaches.</summary>
    private void AskHowFar(RaftEffects effects)
    {
        if (Wholeness != Wholeness.Whole && _wholeAt == 0 && Leader is not null
            && _ticks - _forwardTick >= _config.HeartbeatTicks)
        {
            ForwardReads(effects);
        }
    }

    /// <summary>In the first term of a new cluster its nodes need not ask: each is whole with the first entries it
    /// gets, so that a leader that fails at once leaves others that can elect.</summary>
    private void NoteHowFar(AppendEntries append)
    {
        if (Wholeness == Wholeness.New && _wholeAt == 0)
        {
            _wholeAt = append.LastSentIndex;
        }
    }

    /// <summary>The leader was confirmed by a majority after this start's question arrived.</summary>
    private void NoteHowFar(ReadIndexReply reply, RaftEffects effects)
    {
        if (Wholeness != Wholeness.Whole && reply.Index >= 0 && reply.LeaderLastIndex > 0)
        {
            _wholeAt = Math.Max(_wholeAt, reply.LeaderLastIndex);
            CheckWhole(effects);
        }
    }

    private void NoteProven(long index, RaftEffects effects)
    {
        _provenIndex = Math.Max(_provenIndex, index);
        CheckWhole(effects);
    }

    /// <summary>What is here in memory is enough: a vote leaves only once it is durable, and the mark goes
    /// last.</summary>
    private void CheckWhole(RaftEffects effects)
    {
        if (Wholeness != Wholeness.Whole && _wholeAt > 0 && _provenIndex >= _wholeAt)
        {
            BecomeWhole(effects);
        }
    }

    private void BecomeWhole(RaftEffects effects)
    {
        Wholeness = Wholeness.Whole;
        effects.BecameWhole = true;
        if (HardState.VotedFor is null && Leader is { } leader)
        {
            // A vote of this term may be among what was lost; the term's leader is the only one it can go to now.
            SetHardState(HardState with { VotedFor = leader }, effects);
        }
    }

    private void ForgetProofs() => (_wholeAt, _provenIndex) = (0, 0);
}
