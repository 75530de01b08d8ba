using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Gateway.Admission;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Gateway.Sessions;

/// <summary>Sessions of orders: what is placed in one is canceled when its connection is lost, also when this node dies
/// with it. Safe from any thread.</summary>
/// <remarks>The sessions are replicated state with a lease, which <see cref="OrderSessionKeeper"/> renews. What the
/// cluster could not be told at once, it is told by that later.</remarks>
internal sealed class OrderSessions(NodeSettings settings, CommandGateway gateway, Catalog catalog)
{
    /// <summary>Longest time that orders may outlive their session.</summary>
    public static readonly TimeSpan MaxGrace = TimeSpan.FromMicroseconds(OpenOrderSession.MaxGrace);

    private readonly long _incarnation = BinaryPrimitives.ReadInt64LittleEndian(
        RandomNumberGenerator.GetBytes(sizeof(long)));

    private readonly ConcurrentDictionary<long, UserId> _open = new();
    private readonly ConcurrentDictionary<long, UserId> _closing = new();
    private readonly ConcurrentDictionary<OpenRequest, bool> _inDoubt = new(); // Nobody waits for them any more.
    private int _opening;

    /// <summary>Names this run of the node: no other run of it has the number.</summary>
    public long Incarnation => _incarnation;

    /// <summary>Whether the cluster may have a session of this run.</summary>
    public bool AreKept =>
        Volatile.Read(ref _opening) > 0 || !_open.IsEmpty || !_closing.IsEmpty || !_inDoubt.IsEmpty;

    /// <summary>Opens one for a connection.</summary>
    /// <param name="caller">Whose orders it is for.</param>
    /// <param name="grace">How long after the session's end its orders go on; 0 to <see cref="MaxGrace"/>.</param>
    /// <param name="cancellation">Gives the wait up; a session that is opened all the same is closed again.</param>
    /// <returns>The session; or why there is none, as for any write.</returns>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    public async ValueTask<(OrderSession? Session, ApiProblem? Refusal)> OpenAsync(
        Caller caller, TimeSpan grace, CancellationToken cancellation)
    {
        var key = RandomNumberGenerator.GetHexString(32);
        if (!RequestKey.TryCreate(key, out var requestKey))
        {
            throw new InvalidOperationException("hexadecimal digits are a request key");
        }

        var request = new OpenRequest(caller.User, requestKey, grace);
        Interlocked.Increment(ref _opening);
        try
        {
            var source = CommandSource.Of(caller.User, default, caller.Origin);
            var submission = await SubmitAsync(request, source).AsTask().WaitAsync(cancellation);
            return Take(request, submission);
        }
        catch (OperationCanceledException)
        {
            _inDoubt[request] = true;
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _opening);
        }
    }

    /// <summary>Ends a session; if the cluster cannot be told now, <see cref="FinishAsync"/> tells it.</summary>
    internal async ValueTask CloseAsync(long number, UserId user)
    {
        _closing[number] = user;
        _open.TryRemove(number, out _);
        await TryCloseAsync(number, user);
    }

    /// <summary>Says that this run of the node is alive.</summary>
    /// <returns>Whether the cluster has heard it.</returns>
    internal async ValueTask<bool> RenewAsync()
    {
        var command = new RenewOrderSessions(settings.Node.Id, _incarnation);
        var outcome = await SubmitAsync((buffer, header) => CommandCodec.Write(buffer, header, command), default);
        return outcome?.IsAccepted is true;
    }

    /// <summary>Tells the cluster what it could not be told when it was time: which sessions have ended, and that
    /// nobody holds those that were opened when nobody waited any more.</summary>
    internal async ValueTask FinishAsync()
    {
        foreach (var (request, _) in _inDoubt)
        {
            var submission = await SubmitAsync(request, new CommandSource(default, null));
            if (submission.Ending == SubmissionEnding.Applied && _inDoubt.TryRemove(request, out _)
                && ResultCodec.Read(submission.Proposal!.Result.Span) is { IsAccepted: true } outcome)
            {
                _closing[outcome.OrderSession.Value] = request.User;
            }
        }

        foreach (var (number, user) in _closing)
        {
            await TryCloseAsync(number, user);
        }
    }

    private (OrderSession? Session, ApiProblem? Refusal) Take(OpenRequest request, Submission submission)
    {
        if (submission.Ending != SubmissionEnding.Applied)
        {
            if (submission.Ending == SubmissionEnding.Unknown)
            {
                _inDoubt[request] = true;
            }

            return (null, Problems.Of(submission.Ending));
        }

        var outcome = ResultCodec.Read(submission.Proposal!.Result.Span);
        if (!outcome.IsAccepted)
        {
            return (null, Rejections.Of(outcome, catalog) with { Index = submission.Proposal.Index });
        }

        _open[outcome.OrderSession.Value] = request.User;
        return (new OrderSession(this, request.User, outcome.OrderSession.Value), null);
    }

    private async ValueTask TryCloseAsync(long number, UserId user)
    {
        var command = new CloseOrderSession(new OrderSessionId(number));
        var outcome = await SubmitAsync((buffer, header) => CommandCodec.Write(buffer, header, command), user);
        if (outcome?.Reason is RejectReason.None or RejectReason.OrderSessionEnded)
        {
            _closing.TryRemove(number, out _);
        }
    }

    private ValueTask<Submission> SubmitAsync(OpenRequest request, CommandSource source)
    {
        var command = new OpenOrderSession(
            settings.Node.Id, _incarnation, (long)settings.Sessions.Lease.TotalMicroseconds,
            (long)request.Grace.TotalMicroseconds);
        return gateway.SubmitAsync(new PendingCommand(
            (buffer, header) => CommandCodec.Write(buffer, header, command), request.User, request.Key,
            IsRepeatable: true, ProposalWait.Applied, source, settings.Sessions.Lease));
    }

    /// <returns>What the cluster answered; null when it did not.</returns>
    private async ValueTask<CommandOutcome?> SubmitAsync(
        Action<IBufferWriter<byte>, CommandHeader> encode, UserId user)
    {
        try
        {
            var submission = await gateway.SubmitAsync(new PendingCommand(
                encode, user, default, IsRepeatable: true, ProposalWait.Applied, new CommandSource(default, null),
                settings.Sessions.Lease / 3));
            return submission.Ending == SubmissionEnding.Applied
                ? ResultCodec.Read(submission.Proposal!.Result.Span)
                : null;
        }
        catch (ReplicaStoppedException)
        {
            return null; // The node is stopping: the lease ends what it held.
        }
    }
}
