using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Replication;

/// <summary>Carries consensus messages to peers; the seam that simulation replaces.</summary>
public interface IPeerTransport
{
    /// <summary>Sends a message to its receiver, or drops it: consensus expects loss. Never waits. Safe from any
    /// thread.</summary>
    void Send(RaftMessage message);

    /// <summary>The same for all messages of one turn, so that those to one peer can share a write.</summary>
    void SendAll(IReadOnlyList<RaftMessage> messages)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            Send(messages[i]);
        }
    }

    /// <summary>Says who belongs to the cluster from now on: messages will be for these, and for whoever sent one.
    /// Called by one thread, at the start and after each change; does not wait. Links to those who are no longer
    /// members may end, but not before what was sent to them has had a chance to leave.</summary>
    /// <param name="members">All members, this node perhaps among them, with their contacts; not changed
    /// afterwards.</param>
    void SetMembers(IReadOnlyList<Member> members);
}
