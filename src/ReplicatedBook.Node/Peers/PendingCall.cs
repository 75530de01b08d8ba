namespace ReplicatedBook.Node.Peers;

/// <summary>A call on its way. Whoever ends it first decides what the caller hears.</summary>
internal sealed class PendingCall(ulong number, PeerCallKind kind, ReadOnlyMemory<byte> body)
{
    private const int Waiting = 0;
    private const int Leaving = 1;
    private const int Withdrawn = 2;

    // Continuations run where the call is ended: on the pool, several after another (Completions).
    private readonly TaskCompletionSource<PeerAnswer> _source = new();

    private int _state = Waiting;

    /// <summary>Names the call on its connection.</summary>
    public ulong Number { get; } = number;

    /// <summary>What is asked.</summary>
    public PeerCallKind Kind { get; } = kind;

    /// <summary>Its content.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <summary>Completes with the answer.</summary>
    public Task<PeerAnswer> Answer => _source.Task;

    /// <summary>To be called before the first byte goes out.</summary>
    /// <returns>Whether it may go out: not once its caller was told that it never will.</returns>
    public bool TryLeave() => Interlocked.CompareExchange(ref _state, Leaving, Waiting) == Waiting;

    /// <summary>The peer answered.</summary>
    public void Answered(ReadOnlyMemory<byte> body) =>
        _source.TrySetResult(new PeerAnswer(PeerDelivery.Answered, body));

    /// <summary>The peer said that it did not carry it out.</summary>
    public void Refused() => _source.TrySetResult(new PeerAnswer(PeerDelivery.NotSent, default));

    /// <summary>The connection is gone.</summary>
    public void Broken()
    {
        var hasLeft = Interlocked.CompareExchange(ref _state, Withdrawn, Waiting) == Leaving;
        _source.TrySetResult(new PeerAnswer(hasLeft ? PeerDelivery.Lost : PeerDelivery.NotSent, default));
    }
}
