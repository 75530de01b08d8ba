using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Api.InProcess;
using ReplicatedBook.Node.Gateway.Sessions;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.WebSocket;

/// <summary>Carries out what one connection asks about orders, several at a time; each is answered when it is
/// done.</summary>
internal sealed class SocketOrders(
    SocketConnection connection, SocketIdentity identity, RouteCaller routes, OrderSessions sessions,
    SocketProblems problems, int maxUnderWay) : IAsyncDisposable
{
    private readonly SemaphoreSlim _room = new(maxUnderWay);
    private OrderSession? _session;
    private bool _isQuiet;

    /// <summary>Begins to carry out a request; waits while as many are under way as may be.</summary>
    public async ValueTask BeginAsync(SocketRequest request)
    {
        var (call, problem) = SocketCalls.Of(request);
        if (problem is not null)
        {
            await connection.SendAsync(problems.Frame(request.Id, problem));
            return;
        }

        await _room.WaitAsync(connection.Ended);
        var caller = identity.Current;
        _ = CarryOutAsync(request.Id, call! with
        {
            Authorization = caller.Authorization,
            Origin = caller.Caller.Origin,
            OrderSession = _session?.Number ?? 0,
            IsPatient = true,
        });
    }

    /// <summary>Sets how orders of the connection are treated from now on.</summary>
    public async ValueTask<byte[]> SetSessionAsync(SocketRequest request)
    {
        var wish = request.Flag(SocketField.CancelOnDisconnect);
        var grace = request.Number(SocketField.GraceMs);
        if (Refuse(wish, grace) is { } refusal)
        {
            return problems.Frame(request.Id, refusal);
        }

        if (wish is true)
        {
            var caller = identity.Current.Caller;
            var (session, problem) = RoutePolicy.Trader.Allows(caller)
                ? await sessions.OpenAsync(caller, TimeSpan.FromMilliseconds(grace ?? 0), connection.Ended)
                : (null, RefuseCaller(caller));
            if (problem is not null)
            {
                return problems.Frame(request.Id, problem);
            }

            _session = session;
        }

        _isQuiet = request.Flag(SocketField.NoAck) ?? _isQuiet;
        return SocketFrames.Done(request.Id, "session", json =>
        {
            json.WriteBoolean("cancel_on_disconnect", _session is not null);
            json.WriteBoolean("no_ack", _isQuiet);
        });
    }

    /// <summary>Waits for what is under way and ends the session, which cancels its open orders.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < maxUnderWay; i++)
        {
            await _room.WaitAsync();
        }

        if (_session is not null)
        {
            await _session.DisposeAsync();
        }

        _room.Dispose();
    }

    private async Task CarryOutAsync(ReadOnlyMemory<byte> id, RouteCall call)
    {
        try
        {
            var answer = await routes.CallAsync(call, connection.Ended);
            if (!answer.IsSuccess)
            {
                await connection.SendAsync(SocketFrames.Error(id, answer.Status, answer.Body));
            }
            else if (!_isQuiet)
            {
                await connection.SendAsync(SocketFrames.Result(id, answer.Status, answer.Body));
            }
        }
        catch (OperationCanceledException) when (connection.Ended.IsCancellationRequested)
        {
            // Nobody is left to be answered.
        }
        catch (Exception failure)
        {
            connection.Fail(failure);
        }
        finally
        {
            _room.Release();
        }
    }

    private ApiProblem? Refuse(bool? wish, long? grace)
    {
        if (_session is not null && wish is not null)
        {
            return ApiProblem.OfField(
                ProblemCodes.InvalidField, "cancel_on_disconnect", "it stays as it is until the connection ends");
        }

        var most = OrderSessions.MaxGrace.TotalMilliseconds;
        return grace > most
            ? ApiProblem.OfField(ProblemCodes.InvalidField, "grace_ms", $"grace_ms must be 0 to {most}")
            : grace is not null && wish is not true
                ? ApiProblem.OfField(ProblemCodes.InvalidField, "grace_ms", "grace_ms goes with cancel_on_disconnect")
                : null;
    }

    private static ApiProblem RefuseCaller(Caller caller) => caller.IsKnown
        ? new ApiProblem(ProblemCodes.Forbidden, "sessions of orders need the role user and the scope trade")
        : new ApiProblem(ProblemCodes.Unauthenticated, "sign in first");
}
