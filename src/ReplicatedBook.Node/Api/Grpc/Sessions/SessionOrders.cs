using System.Buffers;
using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Grpc;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api.Grpc.Protocol;
using ReplicatedBook.Node.Api.Grpc.Services;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Gateway.Admission;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Node.Security.Rates;
using ReplicatedBook.Replication;
using Asked = ReplicatedBook.Contracts.Grpc.SessionRequest.RequestOneofCase;
using Side = ReplicatedBook.Contracts.Grpc.Side;

namespace ReplicatedBook.Node.Api.Grpc.Sessions;

/// <summary>The short way of a session's orders into the log: what is plain becomes a command at once, with the checks of
/// the routes, and everything else goes through the routes. Safe from any thread.</summary>
internal sealed class SessionOrders(
    CommandGateway gateway, Writes writes, Catalog catalog, RateLimiter limiter)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5); // What a write without a deadline has.

    /// <summary>Begins a request.</summary>
    /// <param name="request">Neither open nor ping.</param>
    /// <param name="caller">Whose; judged already.</param>
    /// <param name="orderSession">Session that orders belong to; 0 for none.</param>
    /// <returns>Its reply, without the tag; null where it must go through the routes, and nothing was done.</returns>
    public ValueTask<SessionReply>? Begin(SessionRequest request, Caller caller, long orderSession)
    {
        switch (request.RequestCase)
        {
            case Asked.Place when orderSession == 0 && request.Place.Side is not (Side.Back or Side.Lay)
                && catalog.Find(request.Place.Instrument) is { } terms:
                return PlaceAsync(request.Place, terms, caller);
            case Asked.Cancel when request.Cancel is { OrderId: > 0 and <= long.MaxValue, ClientOrderId.Length: 0 } cancel
                && catalog.Find(cancel.Instrument) is not null:
                var command = new CancelOrder(default, new OrderId((long)cancel.OrderId), default);
                return SubmitAsync(
                    caller, WriteTraits.None, Writes.NoAccount,
                    (buffer, header) => CommandCodec.Write(buffer, header, command));
            default:
                return null;
        }
    }

    /// <summary>What a failure says of a command of a session.</summary>
    public static GrpcStatus Explain(Exception failure) => failure is ReplicaStoppedException
        ? GrpcStatus.Of(Problems.Of(SubmissionEnding.ShuttingDown))
        : GrpcStatus.Of(new ApiProblem(ProblemCodes.Internal, "the command failed on this node")
        {
            Outcome = Outcomes.Unknown,
        });

    private ValueTask<SessionReply> PlaceAsync(PlaceOrderRequest order, InstrumentTerms terms, Caller caller)
    {
        var defects = new Defects();
        var bound = OrderBinder.Bind(OrderRequests.Of(order, UnitTerms.Of(terms)), "", defects) is { } texts
            ? OrderBinder.ToCommand(texts, terms)
            : Bound<PlaceOrder>.Refused(defects.ToProblem()!);
        if (bound.Problem is { } problem)
        {
            return ValueTask.FromResult(Refusal(problem));
        }

        var command = bound.Value;
        var traits = WriteTraits.PlacesOrders
            | (command.ClientOrderId.IsEmpty ? WriteTraits.None : WriteTraits.IsRepeatable);
        return SubmitAsync(
            caller, traits, command.Account, (buffer, header) => CommandCodec.Write(buffer, header, command));
    }

    private async ValueTask<SessionReply> SubmitAsync(
        Caller caller, WriteTraits traits, AccountId account, Action<IBufferWriter<byte>, CommandHeader> encode)
    {
        if (limiter.Refuse(caller, RateClass.Orders) is { } tooMany)
        {
            return Refusal(tooMany);
        }

        var submission = await gateway.SubmitAsync(new PendingCommand(
            encode, caller.User, default, traits.HasFlag(WriteTraits.IsRepeatable), ProposalWait.Applied,
            CommandSource.Of(caller.User, account, caller.Origin), Timeout)
        {
            Origin = caller.IsLocal ? null : caller.Origin,
        });
        if (submission.Ending != SubmissionEnding.Applied)
        {
            return Refusal(Problems.Of(submission.Ending));
        }

        var concluded = await writes.ConcludeAsync(submission, traits);
        return concluded.Problem is { } problem
            ? Refusal(problem)
            : new SessionReply { Order = OutcomeReplies.Of(concluded.Value, submission, catalog) };
    }

    private static SessionReply Refusal(ApiProblem problem) =>
        new() { Error = OrderReplies.Of(GrpcStatus.Of(problem)) };
}
