using System.Buffers;

namespace ReplicatedBook.Benchmarks.Cluster.Wire;

/// <summary>The client's side of one connection: bytes of requests out, answers in; one request at a time.</summary>
internal interface IWireProtocol
{
    /// <summary>What a new connection sends before its first request; often nothing.</summary>
    void Greet(ArrayBufferWriter<byte> output);

    /// <summary>Writes the next request.</summary>
    void WriteRequest(ArrayBufferWriter<byte> output);

    /// <summary>Looks for the answer in what has come.</summary>
    /// <param name="input">All bytes not yet taken.</param>
    /// <param name="output">Receives what the protocol itself must reply.</param>
    /// <param name="answer">The answer, when it is whole.</param>
    /// <param name="taken">Bytes that are done with, also when the answer is not whole yet.</param>
    /// <returns>Whether the answer is whole.</returns>
    bool TryReadAnswer(
        ReadOnlySpan<byte> input, ArrayBufferWriter<byte> output, out WireAnswer answer, out int taken);
}
