using System.Buffers;
using System.Runtime.CompilerServices;
using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Grpc;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Grpc.Protocol;
using ReplicatedBook.Node.Api.Grpc.Services;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Gateway.Admission;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Node.Security.Rates;
using ReplicatedBook.Replication;
using Side = ReplicatedBook.Contracts.Grpc.Side;

namespace ReplicatedBook.Node.Api.Grpc.Sessions;

/// <summary>The short way of a session's orders into the log: what is plain becomes a command at once, with the checks
/// of the routes, and everything else goes through the routes. Safe from any thread.</summary>
internal sealed class SessionOrders(
    CommandGateway gateway, Writes writes, Catalog catalog, RateLimiter limiter, NodeSettings settings)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5); // What a write without a deadline has.

    /// <summary>What an order becomes that can go the short way.</summary>
    /// <param name="order">The order.</param>
    /// <param name="caller">Whose; judged already.</param>
    /// <returns>The order or what is wrong with it; null where it must go through the routes.</returns>
    public Bound<PlaceOrder>? Bind(PlaceOrderRequest order, Caller caller)
    {
        if (order.Side is Side.Back or Side.Lay || catalog.Find(order.Instrument) is not { } terms)
        {
            return null;
        }

        var bound = PlainOrders.Bind(order, terms) is { } plain
            ? new Bound<PlaceOrder>(plain, null)
            : BindByTexts(order, terms);
        return bound.Problem is null && limiter.Refuse(caller, RateClass.Orders) is { } tooMany
            ? Bound<PlaceOrder>.Refused(tooMany)
            : bound;
    }

    /// <summary>Places orders with one command.</summary>
    /// <param name="orders">One or more of one account, all with a name or none.</param>
    /// <param name="caller">Whose; judged already.</param>
    /// <param name="orderSession">Session that they belong to; 0 for none.</param>
    /// <returns>A reply for each, in order, without tags.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<SessionReply[]> PlaceAsync(PlaceOrder[] orders, Caller caller, long orderSession)
    {
        var traits = WriteTraits.PlacesOrders
            | (orders[0].ClientOrderId.IsEmpty ? WriteTraits.None : WriteTraits.IsRepeatable);
        var submission = await SubmitAsync(
            caller, traits, orders[0].Account, Encode(orders, new OrderSessionId(orderSession)));
        if (submission.Ending != SubmissionEnding.Applied)
        {
            return RefuseAll(orders.Length, Problems.Of(submission.Ending));
        }

        var concluded = await writes.ConcludeAsync(submission, traits);
        return concluded.Problem is { } problem ? RefuseAll(orders.Length, problem)
            : orders.Length == 1 ? [Reply(concluded.Value!, submission)]
            : [.. concluded.Value!.Items.Select(item => Reply(item, submission))];
    }

    /// <summary>Begins a cancel.</summary>
    /// <param name="cancel">Which order.</param>
    /// <param name="caller">Whose; judged already.</param>
    /// <returns>Its reply, without the tag; null where it must go through the routes, and nothing was done.</returns>
    public ValueTask<SessionReply>? Begin(CancelOrderRequest cancel, Caller caller) =>
        cancel is { ClientOrderId.Length: 0, OrderId: > 0 and <= long.MaxValue }
        && catalog.Find(cancel.Instrument) is not null
            ? CancelAsync(new CancelOrder(default, new OrderId((long)cancel.OrderId), default), caller)
            : null;

    /// <summary>The reply of a request that a problem stands in the way of.</summary>
    public static SessionReply Refusal(ApiProblem problem) =>
        new() { Error = OrderReplies.Of(GrpcStatus.Of(problem)) };

    /// <summary>What a failure says of a command of a session.</summary>
    public static GrpcStatus Explain(Exception failure) => failure is ReplicaStoppedException
        ? GrpcStatus.Of(Problems.Of(SubmissionEnding.ShuttingDown))
        : GrpcStatus.Of(new ApiProblem(ProblemCodes.Internal, "the command failed on this node")
        {
            Outcome = Outcomes.Unknown,
        });

    private static Action<IBufferWriter<byte>, CommandHeader> Encode(PlaceOrder[] orders, OrderSessionId session)
    {
        if (orders.Length == 1)
        {
            var order = orders[0] with { Session = session };
            return (buffer, header) => CommandCodec.Write(buffer, header, order);
        }

        var batch = new PlaceBatch(orders) { Session = session };
        return (buffer, header) => CommandCodec.Write(buffer, header, batch);
    }

    /// <summary>As the route does it: whatever is wrong is found and told there.</summary>
    private static Bound<PlaceOrder> BindByTexts(PlaceOrderRequest order, InstrumentTerms terms)
    {
        var defects = new Defects();
        return OrderBinder.Bind(OrderRequests.Of(order, UnitTerms.Of(terms)), "", defects) is { } texts
            ? OrderBinder.ToCommand(texts, terms)
            : Bound<PlaceOrder>.Refused(defects.ToProblem()!);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SessionReply> CancelAsync(CancelOrder command, Caller caller)
    {
        if (limiter.Refuse(caller, RateClass.Orders) is { } tooMany)
        {
            return Refusal(tooMany);
        }

        var submission = await SubmitAsync(
            caller, WriteTraits.None, Writes.NoAccount,
            (buffer, header) => CommandCodec.Write(buffer, header, command));
        if (submission.Ending != SubmissionEnding.Applied)
        {
            return Refusal(Problems.Of(submission.Ending));
        }

        var concluded = await writes.ConcludeAsync(submission, WriteTraits.None);
        return concluded.Problem is { } problem ? Refusal(problem) : Reply(concluded.Value!, submission);
    }

    private ValueTask<Submission> SubmitAsync(
        Caller caller, WriteTraits traits, AccountId account, Action<IBufferWriter<byte>, CommandHeader> encode) =>
        gateway.SubmitAsync(new PendingCommand(
            encode, caller.User, default, traits.HasFlag(WriteTraits.IsRepeatable), ProposalWait.Applied,
            CommandSource.Of(caller.User, account, caller.Origin), Timeout)
        {
            Origin = caller.IsLocal ? null : caller.Origin,
            IsPatient = true,
        });

    private SessionReply Reply(CommandOutcome outcome, Submission submission) => outcome.IsAccepted
        ? new SessionReply { Order = OutcomeReplies.Of(outcome, submission, catalog, settings.Node.Id) }
        : Refusal(Rejections.OfOrder(outcome, catalog) with { Index = submission.Proposal!.Index });

    private static SessionReply[] RefuseAll(int count, ApiProblem problem)
    {
        var replies = new SessionReply[count];
        for (var i = 0; i < count; i++)
        {
            replies[i] = Refusal(problem);
        }

        return replies;
    }
}
