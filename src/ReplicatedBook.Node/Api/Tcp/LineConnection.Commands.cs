using System.Globalization;
using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Api.InProcess;
using ReplicatedBook.Node.Gateway.Sessions;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Tcp;

/// <content>What each command does.</content>
internal sealed partial class LineConnection
{
    private const int MaxOrdersAtOnce = 100; // As many as a batch takes (API.md 2.6).

    private static readonly ApiProblem OtherUser = new(
        ProblemCodes.Forbidden, "a connection is one user's: open another for this credential");

    private static readonly ApiProblem NoTrader = new(
        ProblemCodes.Forbidden, "the command needs a role, or the credential a scope, that is not there");

    private static readonly ApiProblem WrongGrace = new(
        ProblemCodes.InvalidField, $"grace_ms must be an integer from 0 to {OrderSessions.MaxGrace.TotalMilliseconds}");

    private LineCaller Caller => new(_authorization, _origin, _isInSession ? _session!.Number : 0);

    /// <summary>Learns who the connection is, or that it goes on with another credential of the same user.</summary>
    private async ValueTask<bool> AuthenticateAsync(LineCommand command)
    {
        var given = BearerScheme.Of(command.Fields[0]);
        var answer = await CallAsync(LineCalls.Me, new LineCaller(given, _origin, OrderSession: 0));
        if (answer.IsSuccess)
        {
            var user = LineAnswers.UserOf(answer);
            if ((_user ?? user) != user)
            {
                await ReplyAsync(LineText.Of(command.Tag, OtherUser));
                return true;
            }

            (_user, _authorization) = (user, given);
        }

        await ReplyAsync(LineAnswers.OfMe(command.Tag, answer));
        return answer.Status != StatusCodes.Status401Unauthorized;
    }

    private async Task<string> AnswerAsync(LineCommand command)
    {
        var caller = Caller;
        var answer = await CallAsync(LineCalls.Of(command), caller);

        if (command.Verb == LineVerb.Status && answer.IsSuccess)
        {
            return LineAnswers.OfStatus(command.Tag, _services.Log.Status);
        }

        // A symbol that is no instrument's may be a runner's.
        return answer.Status == StatusCodes.Status404NotFound && LineCalls.BetsOf(command) is { } bets
            ? LineAnswers.OfBets(command, await CallAsync(bets, caller))
            : Note(LineAnswers.Of(command, answer), caller);
    }

    /// <summary>Keeps in mind that a session has ended when a reply says so.</summary>
    private string Note(string reply, in LineCaller caller)
    {
        if (caller.OrderSession != 0 && LineText.IsOf(reply, ProblemCodes.SessionEnded))
        {
            Volatile.Write(ref _endedSession, caller.OrderSession);
        }

        return reply;
    }

    /// <summary>Places an order, and with it those that have come right behind it.</summary>
    private async ValueTask PlaceAsync(LineCommand first)
    {
        await BeginAsync(isWrite: true);
        var orders = new List<LineCommand> { first };
        while (orders.Count < MaxOrdersAtOnce && _reader.TryPeek(out var next)
            && next.Command is { Verb: LineVerb.New } order && IsNamed(order) == IsNamed(first))
        {
            orders.Add(order);
            _reader.Take();
        }

        if (orders.Count == 1)
        {
            await AddAsync(AnswerAsync(first));
            return;
        }

        var answers = PlaceAsync(orders, Caller);
        _underWay.Enqueue(answers);
        for (var i = 0; i < orders.Count; i++)
        {
            await AddAsync(new LineSlot(TakeAsync(answers, i)));
        }
    }

    /// <summary>Whether the node may repeat a lost attempt to place it. Of a batch it repeats all or nothing, so the
    /// two kinds are not mixed.</summary>
    private static bool IsNamed(LineCommand order) => order.Option("cid") is not null;

    private static async Task<string> TakeAsync(Task<string[]> answers, int position) => (await answers)[position];

    private async Task<string[]> PlaceAsync(List<LineCommand> orders, LineCaller caller)
    {
        var answer = await CallAsync(LineCalls.Of(orders), caller);
        if (!LineAnswers.IsOfOneAlone(answer))
        {
            return [.. LineAnswers.OfBatch(orders, answer).Select(reply => Note(reply, caller))];
        }

        // One of them made the route refuse all: by itself each gets the answer that is its own.
        var answers = new string[orders.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            answers[i] = Note(LineAnswers.Of(orders[i], await CallAsync(LineCalls.Of(orders[i]), caller)), caller);
        }

        return answers;
    }

    /// <summary>Begins a session of orders, or has later orders stand outside of it. Those that were placed in it stay
    /// in it: they end with the connection. One that has ended before, which refused an order, gives way to another
    /// when that is asked for.</summary>
    private async ValueTask SwitchSessionAsync(LineCommand command)
    {
        await BeginAsync(isWrite: true);
        var isOn = command.Fields[0] == "on";
        var isHeld = _session is { } held && held.Number != Volatile.Read(ref _endedSession);
        if (isOn && !isHeld && await OpenSessionAsync(command) is { } refusal)
        {
            await ReplyAsync(LineText.Of(command.Tag, refusal));
            return;
        }

        _isInSession = isOn;
        await ReplyAsync(LineText.Ok(command.Tag));
    }

    private async ValueTask<ApiProblem?> OpenSessionAsync(LineCommand command)
    {
        var grace = 0;
        if (command.Option("grace_ms") is { } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out grace)
                || grace > OrderSessions.MaxGrace.TotalMilliseconds))
        {
            return WrongGrace;
        }

        var (caller, refusal) = await _services.Authenticator.IdentifyAsync(
            InProcessRequest.Of(_authorization, _origin));
        if (refusal is null && RoutePolicy.Trader.Allows(caller))
        {
            var former = _session;
            (var opened, refusal) = await _services.Sessions.OpenAsync(
                caller, TimeSpan.FromMilliseconds(grace), CancellationToken.None);
            if (opened is not null)
            {
                _session = opened;
                await (former?.DisposeAsync() ?? default);
            }

            return refusal;
        }

        return refusal ?? NoTrader;
    }

    // A command that was taken is carried out whether or not its client is still there: nothing here gives it up, and
    // every route bounds its own waits.
    private ValueTask<RouteAnswer> CallAsync(RouteCall call, in LineCaller caller) => _services.Routes.CallAsync(
        call with
        {
            Authorization = caller.Authorization,
            Origin = caller.Origin,
            OrderSession = caller.OrderSession,
            IsPatient = true,
        },
        CancellationToken.None);
}
