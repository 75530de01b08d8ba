using ReplicatedBook.Consensus;

namespace ReplicatedBook.Node.Peers;

/// <summary>Calls from node to node beside consensus, over the peer link. Safe from any thread.</summary>
public interface IPeerCalls
{
    /// <summary>Sends a call to a peer and waits for its answer.</summary>
    /// <param name="to">The peer.</param>
    /// <param name="kind">What is asked.</param>
    /// <param name="body">Content; its layout belongs to the kind. Copied before the call returns.</param>
    /// <param name="cancellation">Gives the wait up; the call may still be carried out.</param>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    ValueTask<PeerAnswer> CallAsync(
        NodeId to, PeerCallKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellation);
}

/// <summary>Answers calls of peers; one per node.</summary>
public interface IPeerCallHandler
{
    /// <summary>Carries out a call.</summary>
    /// <returns>Content of the answer; its layout belongs to the kind.</returns>
    ValueTask<ReadOnlyMemory<byte>> HandleAsync(
        NodeId from, PeerCallKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellation);
}

/// <summary>What one node may ask another.</summary>
/// <remarks>The numbers are on the wire: never renumber one, never use one again.</remarks>
public enum PeerCallKind : byte
{
    /// <summary>Propose this command (a follower forwards a client's request to the leader).</summary>
    Submit = 1,

    /// <summary>The digest, and on request the state hash, at an index.</summary>
    Digest = 2,

    /// <summary>The node's status.</summary>
    Status = 3,

    /// <summary>Hand leadership over (a follower forwards an operator's wish to the leader).</summary>
    TransferLeader = 4,

    /// <summary>Which versions the caller speaks, and its build; answered with the same of the other side. A
    /// build without it answers with nothing and speaks version 1.</summary>
    Introduce = 5,
}

/// <summary>Whether and how a peer answered.</summary>
/// <param name="Delivery">How far the call came.</param>
/// <param name="Body">The answer; empty unless answered.</param>
public readonly record struct PeerAnswer(PeerDelivery Delivery, ReadOnlyMemory<byte> Body);

/// <summary>How far a call came.</summary>
public enum PeerDelivery : byte
{
    /// <summary>The peer answered.</summary>
    Answered = 0,

    /// <summary>It surely never left: there is no connection, or the queue is full.</summary>
    NotSent = 1,

    /// <summary>The connection broke after it may have left: it may have been carried out.</summary>
    Lost = 2,
}
