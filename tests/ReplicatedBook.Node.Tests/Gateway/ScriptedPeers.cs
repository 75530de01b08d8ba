using ReplicatedBook.Consensus;
using ReplicatedBook.Node.Peers;

namespace ReplicatedBook.Node.Tests.Gateway;

/// <summary>Peers that answer as the test says, one answer after another; the last is repeated.</summary>
internal sealed class ScriptedPeers : IPeerCalls
{
    private int _next;

    public List<Func<CancellationToken, Task<PeerAnswer>>> Answers { get; } = [];

    public List<(NodeId To, byte[] Body)> Calls { get; } = [];

    /// <summary>Answers by peer and call; in place of <see cref="Answers"/> where a test sets it.</summary>
    public Func<NodeId, PeerCallKind, byte[], CancellationToken, Task<PeerAnswer>>? Handler { get; set; }

    public ValueTask<PeerAnswer> CallAsync(
        NodeId to, PeerCallKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        if (Handler is { } handler)
        {
            return new ValueTask<PeerAnswer>(handler(to, kind, body.ToArray(), cancellation));
        }

        Calls.Add((to, body.ToArray()));
        return new ValueTask<PeerAnswer>(Answers[Math.Min(_next++, Answers.Count - 1)](cancellation));
    }
}
