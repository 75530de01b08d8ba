using System.Globalization;
using System.Threading.Channels;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security.Rates;

namespace ReplicatedBook.Node.Security;

/// <summary>Puts requests on record that were refused because of who made them: so many of one user or address, and so
/// many of all, per minute. Of the others only their number is recorded, so that a flood of them neither fills the log
/// nor pushes older records out of the state. Safe from any thread.</summary>
internal sealed class RefusalRecorder : BackgroundService
{
    /// <summary>What records of refused requests are called.</summary>
    public const string Action = "access";

    /// <summary>What the record of a number of them is called.</summary>
    public const string UnrecordedAction = "access.unrecorded";

    private const int MaxWaiting = 64;
    private const int MaxSources = 4_096;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Channel<Refusal> _waiting = Channel.CreateBounded<Refusal>(MaxWaiting);
    private readonly RateBucket _all = new();
    private readonly RateTable _bySource;
    private readonly int _quota;
    private readonly AuditRecorder _audit;
    private readonly TimeProvider _time;
    private long _unrecorded;

    public RefusalRecorder(NodeSettings settings, AuditRecorder audit, TimeProvider time)
    {
        _bySource = new RateTable(settings.Rates.RecordedRefusalsOfOne, Window, MaxSources);
        _quota = settings.Rates.RecordedRefusals;
        _audit = audit;
        _time = time;
    }

    /// <summary>Notes a refused request; returns at once.</summary>
    /// <param name="http">The request, at a route.</param>
    /// <param name="code">The code of the problem.</param>
    public void Note(HttpContext http, string code)
    {
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        Note(http.Caller(), $"{http.Request.Method} {route}", code);
    }

    /// <summary>Notes something refused that is no request of HTTP; returns at once.</summary>
    /// <param name="caller">Who wanted it.</param>
    /// <param name="target">What; nothing that a client makes up.</param>
    /// <param name="code">The code of the problem.</param>
    public void Note(Caller caller, string target, string code)
    {
        var now = _time.GetElapsedTime(0).Ticks;
        if (!_bySource.Take(RateSource.Of(caller), now).IsAllowed || !_all.Take(now, Window.Ticks, _quota).IsAllowed
            || !_waiting.Writer.TryWrite(new Refusal(caller, target, code)))
        {
            Interlocked.Increment(ref _unrecorded);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RecordAllAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops, or could not start.
        }
    }

    private async Task RecordAllAsync(CancellationToken stoppingToken)
    {
        await foreach (var refusal in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            var unrecorded = Interlocked.Exchange(ref _unrecorded, 0);
            if (unrecorded > 0)
            {
                var number = string.Create(CultureInfo.InvariantCulture, $"requests:{unrecorded}");
                await _audit.RecordAsync(Caller.Nobody(null), UnrecordedAction, number, "refused");
            }

            await _audit.RecordAsync(refusal.Caller, Action, refusal.Target, refusal.Code);
        }
    }

    /// <summary>A refused request.</summary>
    private readonly record struct Refusal(Caller Caller, string Target, string Code);
}
