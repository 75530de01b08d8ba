using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Simulation.Nodes;

namespace ReplicatedBook.Simulation.Invariants;

/// <summary>Who voted for whom and who led when, over all time and all restarts.</summary>
internal sealed class ElectionWatch
{
    private readonly Dictionary<long, NodeId> _leaders = [];
    private readonly Dictionary<(NodeId Voter, long Term), NodeId> _votes = [];

    /// <summary>A node leads.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Leads(SimulatedNode node, long term)
    {
        var isNew = _leaders.TryAdd(term, node.Id);
        InvariantBrokenException.Require(
            _leaders[term] == node.Id,
            "one-leader-per-term",
            () => $"{node.Id} and {_leaders[term]} both lead term {term}");
        return isNew;
    }

    /// <summary>A message leaves; if it is a vote, it is the only one of its sender in that term, and
    /// durable.</summary>
    public void Sending(SimulatedNode node, RaftMessage message)
    {
        switch (message)
        {
            case RequestVote { IsPreVote: false }:
                Votes(node, message.Term, message.From);
                break;
            case RequestVoteReply { IsPreVote: false, IsGranted: true }:
                Votes(node, message.Term, message.To);
                break;
        }
    }

    private void Votes(SimulatedNode node, long term, NodeId candidate)
    {
        var first = _votes.TryGetValue((node.Id, term), out var known) ? known : candidate;
        InvariantBrokenException.Require(
            first == candidate,
            "one-vote-per-term",
            () => $"{node.Id} votes for {first} and {candidate} in term {term}");
        _votes[(node.Id, term)] = candidate;
        InvariantBrokenException.Require(
            node.Replica.Raft.Wholeness != Wholeness.Repairing,
            "no-vote-while-repairing",
            () => $"{node.Id} votes for {candidate} in term {term}, with a disk that lost entries");
        var state = node.Image.HardState;
        InvariantBrokenException.Require(
            state.Term > term || (state.Term == term && state.VotedFor == candidate),
            "durable-before-send",
            () => $"{node.Id} votes for {candidate} in term {term}, its disk holds {state}");
    }
}
