using System.Buffers;
using ReplicatedBook.Benchmarks.Cluster.Wire;

namespace ReplicatedBook.Benchmarks.Cluster.Sessions;

/// <summary>The client's side of an open session of orders: many under way at once, each with a number that its answer
/// repeats. One owner.</summary>
internal interface ISessionProtocol
{
    /// <summary>What a new connection sends first.</summary>
    void Greet(ArrayBufferWriter<byte> output);

    /// <summary>Whether the server has let the session begin.</summary>
    bool IsOpen { get; }

    /// <summary>Writes the next order.</summary>
    void WriteOrder(ArrayBufferWriter<byte> output, long number);

    /// <summary>Takes the answers out of what has come.</summary>
    /// <param name="input">All bytes not yet taken.</param>
    /// <param name="output">Receives what the protocol itself must reply.</param>
    /// <param name="answers">Receives each whole answer with its order's number.</param>
    /// <returns>Bytes that are done with.</returns>
    int Read(
        ReadOnlySpan<byte> input, ArrayBufferWriter<byte> output, List<(long Number, WireOutcome Outcome)> answers);
}
