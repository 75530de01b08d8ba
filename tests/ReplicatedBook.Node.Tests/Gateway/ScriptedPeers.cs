using ReplicatedBook.Consensus;
using ReplicatedBook.Node.Peers;

namespace ReplicatedBook.Node.Tests.Gateway;

/// <summary>Peers that answer as the test says, one answer after another; the last is repeated.</summary>
internal sealed class ScriptedPeers : IPeerCalls
{
    private int _next;

    public List<Func<CancellationToken, Task<PeerAnswer>>> Answers { get; } = [];

    public List<(NodeId To, byte[] Body)> Calls { get; } = [];

    public ValueTask<PeerAnswer> CallAsync(
        NodeId to, PeerCallKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        Calls.Add((to, body.ToArray()));
        return new ValueTask<PeerAnswer>(Answers[Math.Min(_next++, Answers.Count - 1)](cancellation));
    }
}
