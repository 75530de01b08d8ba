namespace ReplicatedBook.Node.Gateway.Sessions;

/// <summary>An open session of orders, held by the connection that it was opened for.</summary>
/// <param name="number">Names it.</param>
internal sealed class OrderSession(long number) : IAsyncDisposable
{
    /// <summary>Names it in orders and bets.</summary>
    public long Number { get; } = number;

    /// <summary>Ends it: after its grace what is still open of its orders is canceled.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
