using System.IO.Pipelines;
using System.Net;
using System.Threading.Channels;
using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Gateway.Sessions;

namespace ReplicatedBook.Node.Api.Tcp;

/// <summary>One connection: takes its lines in order, has several carried out at once, and replies in order.</summary>
/// <remarks>A command that writes begins when all that were sent before it have ended, and ends before any other
/// begins; reads between two writes run together. So what a connection sends takes effect in the order in which it was
/// sent, whatever way each command takes. Orders that stand one behind the other go as one batch.</remarks>
internal sealed partial class LineConnection : IAsyncDisposable
{
    private const int MaxMalformedInARow = 3;

    /// <summary>How long a client has to take its last replies when the node stops.</summary>
    private static readonly TimeSpan GraceAtStop = TimeSpan.FromSeconds(2);

    /// <summary>How long what still comes is read and dropped after a connection was refused: closed at once, it could
    /// take the refusal with it.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(100);

    private static readonly ApiProblem AuthFirst = new(
        ProblemCodes.Unauthenticated, "the first command must be AUTH with an access token or an API key");

    private static readonly ApiProblem AuthLate = new(ProblemCodes.RequestTimeout, "AUTH did not come in time");

    private readonly IPAddress? _origin;
    private readonly LineServices _services;
    private readonly LineReader _reader;
    private readonly LineOutput _output;
    private readonly CancellationTokenSource _gone = new();
    private readonly CancellationTokenSource _authDue;
    private readonly Channel<LineSlot> _slots;
    private readonly Queue<Task> _underWay = [];
    private bool _isWriting;
    private string? _user;
    private string? _authorization;
    private OrderSession? _session;
    private bool _isInSession;
    private long _endedSession; // Number of one that has refused an order, noted before the client is told.

    /// <summary>A connection that was just made.</summary>
    /// <param name="transport">Its two ways.</param>
    /// <param name="origin">Where it comes from; null where no address is known.</param>
    /// <param name="services">What it uses.</param>
    public LineConnection(IDuplexPipe transport, IPAddress? origin, LineServices services)
    {
        _origin = origin;
        _services = services;
        _reader = new LineReader(transport.Input);
        _output = new LineOutput(transport.Output, _gone.Cancel);
        _authDue = new CancellationTokenSource(services.Settings.Tcp.AuthTimeout, services.Time);
        _slots = Channel.CreateBounded<LineSlot>(services.Settings.Tcp.MaxCommandsUnderWay);
    }

    private bool IsLetIn => _authorization is not null || !_services.Settings.Auth.IsOn;

    /// <summary>Serves it until the client ends it, asks for nothing that can be understood, or the node
    /// stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var atStop = stopping.Register(() => _gone.CancelAfter(GraceAtStop));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, _gone.Token);
        var replying = ReplyAllAsync();
        var isRefused = false;
        try
        {
            isRefused = await TakeAllAsync(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Nothing more is taken; what was taken is still answered, unless nobody is there.
        }
        finally
        {
            _slots.Writer.Complete();
            await replying;
        }

        if (isRefused)
        {
            using var limit = new CancellationTokenSource(Linger);
            await _reader.SkipAsync(limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await StopFeedAsync();
        while (_underWay.TryDequeue(out var command))
        {
            await command.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (_session is { } session)
        {
            await session.DisposeAsync(); // Behind the last command: no order of its own comes after it.
        }

        _output.Dispose();
        _authDue.Dispose();
        _gone.Dispose();
    }

    /// <summary>Takes lines until there are no more, or no more are taken.</summary>
    /// <returns>Whether the node is the one that wants no more.</returns>
    private async Task<bool> TakeAllAsync(CancellationToken ending)
    {
        var malformed = 0;
        while (malformed < MaxMalformedInARow && await NextAsync(ending) is { } line)
        {
            if (line.Defect is { } defect)
            {
                malformed = defect.Tag is null ? malformed + 1 : 0;
                await ReplyAsync(LineText.Of(defect));
                continue;
            }

            malformed = 0;
            if (!await TakeAsync(line.Command!))
            {
                return line.Command!.Verb != LineVerb.Quit;
            }
        }

        return malformed == MaxMalformedInARow;
    }

    /// <summary>Waits for the next line; for the first ones no longer than AUTH may take.</summary>
    /// <returns>Null at the end, and when AUTH did not come in time.</returns>
    private async ValueTask<LineReading?> NextAsync(CancellationToken ending)
    {
        if (IsLetIn)
        {
            return await _reader.ReadAsync(ending);
        }

        using var both = CancellationTokenSource.CreateLinkedTokenSource(ending, _authDue.Token);
        try
        {
            return await _reader.ReadAsync(both.Token);
        }
        catch (OperationCanceledException) when (!ending.IsCancellationRequested)
        {
            await ReplyAsync(LineText.Of(null, AuthLate));
            return null;
        }
    }

    /// <summary>Takes a command.</summary>
    /// <returns>Whether others may follow.</returns>
    private async ValueTask<bool> TakeAsync(LineCommand command)
    {
        switch (command.Verb)
        {
            case LineVerb.Quit:
                return false;
            case LineVerb.Auth:
                return await AuthenticateAsync(command);
            case not LineVerb.Auth when !IsLetIn:
                await ReplyAsync(LineText.Of(command.Tag, AuthFirst));
                return false;
            case LineVerb.Ping:
                await ReplyAsync($"PONG {command.Tag}\n");
                return true;
            case LineVerb.Feed:
                await SwitchFeedAsync(command);
                return true;
            case LineVerb.CancelOnDisconnect:
                await SwitchSessionAsync(command);
                return true;
            case LineVerb.New:
                await PlaceAsync(command);
                return true;
            default:
                await BeginAsync(command.IsWrite);
                await AddAsync(AnswerAsync(command));
                return true;
        }
    }

    /// <summary>Waits until a command may begin.</summary>
    private async ValueTask BeginAsync(bool isWrite)
    {
        while (_underWay.Count > 0
            && (isWrite || _isWriting || _underWay.Count == _services.Settings.Tcp.MaxCommandsUnderWay))
        {
            await _underWay.Dequeue().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _isWriting = isWrite;
    }

    private ValueTask AddAsync(Task<string> reply)
    {
        _underWay.Enqueue(reply);
        return AddAsync(new LineSlot(reply));
    }

    private ValueTask AddAsync(in LineSlot slot) => _slots.Writer.WriteAsync(slot, _gone.Token);

    private ValueTask ReplyAsync(string text) => AddAsync(LineSlot.Of(text));

    private async Task ReplyAllAsync()
    {
        try
        {
            await foreach (var slot in _slots.Reader.ReadAllAsync(_gone.Token))
            {
                var text = await slot.Text.WaitAsync(_gone.Token);
                if (slot.Before is { } before)
                {
                    await before();
                }

                var isMoreComing = _slots.Reader.TryPeek(out var next) && next.Text.IsCompleted;
                await _output.WriteAsync(text, isMoreComing && slot.After is null, _gone.Token);
                slot.After?.Invoke();
            }
        }
        finally
        {
            await _gone.CancelAsync(); // Nobody replies any more, so nothing more need be taken.
        }
    }
}
