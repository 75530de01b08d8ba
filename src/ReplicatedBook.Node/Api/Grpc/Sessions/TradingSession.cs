using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ReplicatedBook.Contracts.Grpc;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Node.Api.Grpc.Protocol;
using ReplicatedBook.Node.Api.Grpc.Services;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Gateway.Sessions;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Replication;
using Asked = ReplicatedBook.Contracts.Grpc.SessionRequest.RequestOneofCase;

namespace ReplicatedBook.Node.Api.Grpc.Sessions;

/// <summary>One session: takes requests as they come, begins those that came together with one write of the log, and
/// sends replies as they are known. The credential is judged anew for whatever came together.</summary>
internal sealed class TradingSession : IAsyncDisposable
{
    private readonly GrpcCall _call;
    private readonly GrpcGate _gate;
    private readonly SessionOrders _orders;
    private readonly TradingService _others;
    private readonly OrderSessions _orderSessions;
    private readonly IReplicatedLog _log;
    private readonly SessionOutbox _outbox;
    private readonly OrderGroup _group = new();
    private readonly int _maxUnderWay;
    private readonly CancellationToken _ended;
    private readonly Action _takeAll;
    private ReadOnlySequence<byte> _buffer;
    private SessionRequest? _alone; // Must not be overtaken, and so holds up those behind it.
    private GrpcStatus? _fault;
    private OrderSession? _orderSession;
    private bool _isOpen; // Whether anything has come.
    private bool _isHeld;
    private bool _isSilent;

    public TradingSession(
        GrpcCall call, GrpcGate gate, SessionOrders orders, TradingService others, OrderSessions orderSessions,
        IReplicatedLog log, int maxUnderWay, CancellationToken ended)
    {
        (_call, _gate, _orders, _others, _orderSessions) = (call, gate, orders, others, orderSessions);
        (_log, _maxUnderWay, _ended) = (log, maxUnderWay, ended);
        _outbox = new SessionOutbox(call.Output, maxUnderWay, ended);
        _takeAll = TakeAll;
    }

    /// <summary>Serves it.</summary>
    /// <returns>How the call ends.</returns>
    public async Task<GrpcStatus> RunAsync()
    {
        await _call.Output.FlushAsync(_ended); // The client may wait for headers before it sends anything.
        while (true)
        {
            var read = await _call.Input.ReadAsync(_ended);
            _buffer = read.Buffer;
            if (await _gate.RefuseNowAsync(_call, RoutePolicy.Trader) is { } refusal)
            {
                return await EndAsync(refusal);
            }

            _log.ProposeTogether(_takeAll);
            if (_fault is { } fault)
            {
                return await EndAsync(fault);
            }

            var (hasMore, isLast) = (_alone is not null || _isHeld, read.IsCompleted);
            var isWhole = _buffer.IsEmpty;
            _call.Input.AdvanceTo(_buffer.Start, hasMore ? _buffer.Start : read.Buffer.End);
            if (_alone is { } request)
            {
                _alone = null;
                await CarryOutAsync(request);
            }
            else if (_isHeld)
            {
                await _outbox.WaitForRoomAsync();
            }
            else if (isLast)
            {
                return await EndAsync(isWhole ? GrpcStatus.Ok : GrpcStatus.Malformed("the last frame breaks off"));
            }
        }
    }

    /// <summary>Ends what the loss of the session ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _outbox.DisposeAsync();
        if (_orderSession is { } session)
        {
            await session.DisposeAsync();
        }
    }

    /// <summary>What is under way is answered before the status says that nothing more is.</summary>
    private async Task<GrpcStatus> EndAsync(GrpcStatus status)
    {
        await _outbox.WaitUntilIdleAsync();
        return status;
    }

    /// <summary>Begins all that has come, up to one that must have its turn alone.</summary>
    private void TakeAll()
    {
        while (TryTake(out var request))
        {
            if (!TryBegin(request))
            {
                _alone = request;
                break;
            }
        }

        BeginGroup();
    }

    private bool TryTake([NotNullWhen(true)] out SessionRequest? request)
    {
        request = null;
        _isHeld = _outbox.IsFull; // Remembered: a moment later it may have room, and what is left still wait.
        if (_isHeld || !_call.TryTake(ref _buffer, out var message, out _fault))
        {
            return false;
        }

        var parsed = Frames.Parse(SessionRequest.Parser, message);
        (request, _fault) = (parsed.Message, parsed.Refusal);
        return request is not null;
    }

    /// <summary>Begins a request that needs nothing that has to be waited for first. Orders wait for those right behind
    /// them.</summary>
    private bool TryBegin(SessionRequest request)
    {
        var isFirst = !_isOpen;
        _isOpen = true;
        var caller = _call.Http.Caller();
        if (request.RequestCase == Asked.Place && _orders.Bind(request.Place, caller) is { } bound)
        {
            _outbox.Begin();
            Join(request.Tag, bound);
            return true;
        }

        BeginGroup(); // Nothing overtakes what came before it.
        switch (request.RequestCase)
        {
            case Asked.Open when !isFirst:
                _outbox.Begin();
                Refuse(request.Tag, GrpcStatus.Malformed("open must come first, and once"));
                return true;
            case Asked.Ping:
                _outbox.Begin();
                _outbox.End(new SessionReply { Tag = request.Tag, Pong = request.Ping });
                return true;
            case Asked.Cancel when _orders.Begin(request.Cancel, caller) is { } underWay:
                _outbox.Begin();
                _ = FinishAsync(underWay, request.Tag);
                return true;
            default:
                return false;
        }
    }

    private void Join(ulong tag, Bound<PlaceOrder> bound)
    {
        if (bound.Problem is { } problem)
        {
            Reply(tag, SessionOrders.Refusal(problem));
            return;
        }

        if (!_group.Takes(bound.Value))
        {
            BeginGroup();
        }

        _group.Add(tag, bound.Value);
    }

    private void BeginGroup()
    {
        var (tags, orders) = _group.TakeAll();
        if (tags.Length > 0)
        {
            _ = FinishAsync(_orders.PlaceAsync(orders, _call.Http.Caller(), _orderSession?.Number ?? 0), tags);
        }
    }

    private async Task FinishAsync(ValueTask<SessionReply[]> underWay, ulong[] tags)
    {
        SessionReply[] replies;
        try
        {
            replies = await underWay;
        }
        catch (Exception failure)
        {
            replies = [.. tags.Select(_ => Failed(failure))];
        }

        for (var i = 0; i < tags.Length; i++)
        {
            Reply(tags[i], replies[i]);
        }
    }

    private async Task FinishAsync(ValueTask<SessionReply> underWay, ulong tag)
    {
        SessionReply reply;
        try
        {
            reply = await underWay;
        }
        catch (Exception failure)
        {
            reply = Failed(failure);
        }

        Reply(tag, reply);
    }

    private void Reply(ulong tag, SessionReply reply)
    {
        reply.Tag = tag;
        _outbox.End(_isSilent && reply.Error is null ? null : reply);
    }

    private static SessionReply Failed(Exception failure) =>
        new() { Error = OrderReplies.Of(SessionOrders.Explain(failure)) };

    private void Refuse(ulong tag, GrpcStatus status) =>
        _outbox.End(new SessionReply { Tag = tag, Error = OrderReplies.Of(status) });

    /// <summary>Carries out one that has its turn alone, through the routes.</summary>
    private async Task CarryOutAsync(SessionRequest request)
    {
        _outbox.Begin();
        var number = _orderSession?.Number ?? 0;
        switch (request.RequestCase)
        {
            case Asked.Open:
                await OpenAsync(request);
                break;
            case Asked.Place:
                Reply(request, await _others.PlaceAsync(_call, request.Place, number), (reply, to) => to.Order = reply);
                break;
            case Asked.Batch:
                Reply(
                    request, await _others.PlaceBatchAsync(_call, request.Batch, number),
                    (reply, to) => to.Batch = reply);
                break;
            case Asked.Amend:
                Reply(request, await _others.AmendAsync(_call, request.Amend), (reply, to) => to.Order = reply);
                break;
            case Asked.Cancel:
                Reply(request, await _others.CancelAsync(_call, request.Cancel), (reply, to) => to.Order = reply);
                break;
            case Asked.CancelAll:
                Reply(
                    request, await _others.CancelAllAsync(_call, request.CancelAll),
                    (reply, to) => to.Canceled = reply);
                break;
            default:
                Refuse(request.Tag, GrpcStatus.Malformed("the request says nothing that this version knows"));
                break;
        }
    }

    private void Reply<T>(SessionRequest request, GrpcAnswer<T> answer, Action<T, SessionReply> put)
        where T : class
    {
        var reply = new SessionReply();
        if (answer.Message is { } message)
        {
            put(message, reply);
        }
        else
        {
            reply.Error = OrderReplies.Of(answer.Refusal!);
        }

        Reply(request.Tag, reply);
    }

    private async Task OpenAsync(SessionRequest request)
    {
        var open = request.Open;
        if (open.GraceMs > OrderSessions.MaxGrace.TotalMilliseconds || (open.GraceMs > 0 && !open.CancelOnDisconnect))
        {
            Refuse(request.Tag, GrpcStatus.Invalid(
                "grace_ms", $"is 0 to {OrderSessions.MaxGrace.TotalMilliseconds}, and goes with cancel_on_disconnect"));
            return;
        }

        if (open.CancelOnDisconnect)
        {
            var (session, refusal) = await _orderSessions.OpenAsync(
                _call.Http.Caller(), TimeSpan.FromMilliseconds(open.GraceMs), _ended);
            if (session is null)
            {
                Refuse(request.Tag, GrpcStatus.Of(refusal!));
                return;
            }

            _orderSession = session;
        }

        _isSilent = open.NoAck;
        _outbox.End(new SessionReply
        {
            Tag = request.Tag,
            Opened = new SessionOpened { MaxUnderWay = (uint)_maxUnderWay },
        });
    }
}
