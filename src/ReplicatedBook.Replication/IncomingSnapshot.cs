using System.Buffers;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Replication;

/// <summary>A snapshot that arrives from the leader piece by piece.</summary>
internal sealed class IncomingSnapshot(SnapshotMark mark, NodeId leader, long maxBytes)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Which snapshot.</summary>
    public SnapshotMark Mark { get; } = mark;

    /// <summary>Who sends it.</summary>
    public NodeId Leader { get; private set; } = leader;

    /// <summary>Bytes held without a gap.</summary>
    public long Length => _bytes.WrittenCount;

    /// <summary>Whether its last piece is here.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Its bytes.</summary>
    public ReadOnlyMemory<byte> Content => _bytes.WrittenMemory;

    /// <summary>The state it holds, once read.</summary>
    public ReplicaState? State { get; set; }

    /// <summary>Takes a piece; false when it does not continue what is here, or would be too much.</summary>
    public bool Add(InstallSnapshot piece)
    {
        Leader = piece.From;
        if (piece.Offset != Length || Length + piece.Data.Length > maxBytes)
        {
            return false;
        }

        _bytes.Write(piece.Data.Span);
        IsComplete = piece.IsLast;
        return true;
    }
}
