namespace ReplicatedBook.Node.Peers;

/// <summary>A call on its way. Whoever ends it first decides what the caller hears.</summary>
internal sealed class PendingCall(ulong number, PeerCallKind kind, ReadOnlyMemory<byte> body)
{
    private readonly TaskCompletionSource<PeerAnswer> _source =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile bool _mayHaveLeft;

    /// <summary>Names the call on its connection.</summary>
    public ulong Number { get; } = number;

    /// <summary>What is asked.</summary>
    public PeerCallKind Kind { get; } = kind;

    /// <summary>Its content.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <summary>Completes with the answer.</summary>
    public Task<PeerAnswer> Answer => _source.Task;

    /// <summary>To be called before the first byte goes out.</summary>
    public void MarkLeaving() => _mayHaveLeft = true;

    /// <summary>The peer answered.</summary>
    public void Answered(ReadOnlyMemory<byte> body) =>
        _source.TrySetResult(new PeerAnswer(PeerDelivery.Answered, body));

    /// <summary>The peer said that it did not carry it out.</summary>
    public void Refused() => _source.TrySetResult(new PeerAnswer(PeerDelivery.NotSent, default));

    /// <summary>The connection is gone.</summary>
    public void Broken() => _source.TrySetResult(
        new PeerAnswer(_mayHaveLeft ? PeerDelivery.Lost : PeerDelivery.NotSent, default));
}
