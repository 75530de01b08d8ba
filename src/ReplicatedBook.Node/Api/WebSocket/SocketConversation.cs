using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Security.Rates;

namespace ReplicatedBook.Node.Api.WebSocket;

/// <summary>Answers the messages of one connection (API.md 3).</summary>
internal sealed class SocketConversation(
    SocketConnection connection, SocketIdentity identity, SocketSubscriptions subscriptions, SocketOrders orders,
    SocketProblems problems, RateLimiter limiter, TimeProvider time, TimeSpan authTimeout)
{
    private const int MaxMalformed = 3;

    private readonly long _beganAt = time.GetTimestamp();
    private int _malformed;

    /// <summary>Takes one message.</summary>
    public async ValueTask TakeAsync(ReadOnlyMemory<byte> message)
    {
        var read = SocketRequestReader.Read(message.Span, out var id);
        if (read.Problem is { } problem)
        {
            await connection.SendAsync(problems.Frame(id, problem));
            if (++_malformed == MaxMalformed)
            {
                connection.Close(SocketClosing.Malformed);
            }

            return;
        }

        _malformed = 0;
        var request = read.Value!;
        if (request.Op.IsOfOrders)
        {
            await orders.BeginAsync(request);
        }
        else
        {
            await AnswerAsync(request);
        }
    }

    /// <summary>Looks whether the connection may go on.</summary>
    public async ValueTask LookAsync()
    {
        var isNobody = !identity.Current.Caller.IsKnown && subscriptions.Count == 0;
        if ((isNobody && time.GetElapsedTime(_beganAt) >= authTimeout) || !await identity.HoldsAsync(connection.Ended))
        {
            connection.Close(SocketClosing.NotSignedIn);
        }
    }

    private async ValueTask AnswerAsync(SocketRequest request)
    {
        if (request.Op == SocketOp.Subscribe)
        {
            await SubscribeAsync(request);
        }
        else if (request.Op == SocketOp.Unsubscribe)
        {
            var problem = await subscriptions.EndAsync(request.Channels);
            await connection.SendAsync(problem is null
                ? SocketFrames.Done(request.Id, "unsubscribed", request.Channels)
                : problems.Frame(request.Id, problem));
        }
        else if (request.Op == SocketOp.Auth)
        {
            await SignInAsync(request);
        }
        else if (request.Op == SocketOp.Session)
        {
            await connection.SendAsync(await orders.SetSessionAsync(request));
        }
        else
        {
            await connection.SendAsync(SocketFrames.Done(request.Id, "pong"));
        }
    }

    private async ValueTask SubscribeAsync(SocketRequest request)
    {
        if (limiter.Refuse(identity.Request(connection.Ended), RateClass.Reads))
        {
            await connection.SendAsync(problems.Frame(request.Id, SocketProblems.TooMany));
            return;
        }

        var (found, problem) = await subscriptions.FindAsync(
            request.Channels, identity.Current.Caller, connection.Ended);
        if (problem is not null)
        {
            await connection.SendAsync(problems.Frame(request.Id, problem));
            return;
        }

        // The answer is queued before any message of the channels.
        await connection.SendAsync(SocketFrames.Done(request.Id, "subscribed", request.Channels));
        subscriptions.Begin(request.Channels, found, request.Number(SocketField.FromIndex));
    }

    private async ValueTask SignInAsync(SocketRequest request)
    {
        var problem = await identity.SignInAsync(request.Text(SocketField.Token)!, connection.Ended);
        await connection.SendAsync(problem is null
            ? SocketFrames.Done(request.Id, "authenticated")
            : problems.Frame(request.Id, problem));
        if (problem?.Code.Status == StatusCodes.Status401Unauthorized || problem == SocketProblems.TooMany)
        {
            connection.Close(SocketClosing.NotSignedIn); // A guess costs a connection.
        }
    }
}
