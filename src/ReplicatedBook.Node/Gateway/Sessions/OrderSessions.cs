using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Gateway.Sessions;

/// <summary>Sessions of orders: what is placed in one is canceled when its connection is lost, also when this node dies
/// with it. Safe from any thread.</summary>
internal sealed class OrderSessions
{
    /// <summary>Opens one for a connection.</summary>
    /// <param name="caller">Whose orders it is for.</param>
    /// <param name="grace">How long after the session's end its orders go on; 0 to 60 s.</param>
    /// <param name="cancellation">Gives the wait up.</param>
    /// <returns>The session; or why there is none, as for any write.</returns>
    public ValueTask<(OrderSession? Session, ApiProblem? Refusal)> OpenAsync(
        Caller caller, TimeSpan grace, CancellationToken cancellation) =>
        ValueTask.FromResult<(OrderSession?, ApiProblem?)>((null, Problems.Of(SubmissionEnding.NotSupported)));
}
