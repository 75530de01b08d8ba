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
}
