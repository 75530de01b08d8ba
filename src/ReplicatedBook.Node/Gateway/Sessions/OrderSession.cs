using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Gateway.Sessions;

/// <summary>An open session of orders, held by the connection that it was opened for.</summary>
internal sealed class OrderSession : IAsyncDisposable
{
    private readonly OrderSessions _sessions;
    private readonly UserId _user;
    private int _isEnded;

    internal OrderSession(OrderSessions sessions, UserId user, long number)
    {
        (_sessions, _user, Number) = (sessions, user, number);
    }

    /// <summary>Names it in orders and bets.</summary>
    public long Number { get; }

    /// <summary>Ends it: after its grace what is still open of its orders is canceled. Returns once the cluster has
    /// answered, or could not be asked for now; then it is asked again until it answers, or has ended the session by
    /// itself.</summary>
    public ValueTask DisposeAsync() =>
        Interlocked.Exchange(ref _isEnded, 1) == 0 ? _sessions.CloseAsync(Number, _user) : ValueTask.CompletedTask;
}
