using System.Diagnostics;
using System.Diagnostics.Metrics;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Node.Api;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Metrics;

/// <summary>What this node counts and times as it happens. Safe from any thread; a measurement allocates nothing once
/// its labels were seen.</summary>
/// <remarks>No label names a user, an account or an order (API.md 8).</remarks>
internal sealed class NodeMeter : IReplicaMeasures, IDisposable
{
    public const string Name = "ReplicatedBook";

    private const string NoRoute = "none";
    private const int ClientClosedRequest = 499;
    private const int FirstStatus = 100;
    private const int LastStatus = 599;

    private static readonly HashSet<string> WithoutLabels =
        ["rb_wal_fsync_seconds", "rb_raft_append_seconds"];

    private static readonly string[] Codes =
        [.. Enumerable.Range(FirstStatus, LastStatus - FirstStatus + 1).Select(code => $"{code}")];

    // Syncs and appends take tens of microseconds on a fast disk; the standard bounds begin at 100.
    private static readonly InstrumentAdvice<double> Quick = new()
    {
        HistogramBucketBoundaries =
        [
            0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25,
            0.5, 1, 2.5,
        ],
    };

    private readonly Histogram<double> _fsync;
    private readonly Histogram<double> _append;
    private readonly Histogram<double> _stages;
    private readonly Histogram<double> _requests;
    private readonly Counter<long> _commands;
    private readonly Counter<long> _limited;

    /// <summary>A meter of its own for each node.</summary>
    public NodeMeter()
    {
        Meter = new Meter(Name);
        _fsync = Meter.CreateHistogram(
            "rb_wal_fsync_seconds", "s", "Time of one fdatasync of a log segment.", advice: Quick);
        _append = Meter.CreateHistogram(
            "rb_raft_append_seconds", "s",
            "Time from the first of a group of batches given to the log until all of them are durable here.",
            advice: Quick);
        _stages = Meter.CreateHistogram(
            "rb_command_seconds", "s",
            "Time of commands proposed here: queue until the replica takes it, replicate until a majority has it, "
                + "apply for the turn in which it is applied, respond until its request goes on with the answer.",
            advice: Quick);
        _requests = Meter.CreateHistogram<double>(
            "rb_http_request_seconds", "s", "Time of HTTP requests until their answer is made; streams are left out.");
        _commands = Meter.CreateCounter<long>(
            "rb_commands", null, "Commands submitted by clients of this node, by kind and by what became of them.");
        _limited = Meter.CreateCounter<long>(
            "rb_rate_limited", null, "Requests that were one too many for their user or address, by limit.");
    }

    /// <summary>Everything that this node measures belongs to it.</summary>
    public Meter Meter { get; }

    /// <summary>Whether an instrument has one series, which is shown before anything is measured.</summary>
    public static bool HasNoLabels(Instrument instrument) => WithoutLabels.Contains(instrument.Name);

    /// <inheritdoc/>
    public void LogSynced(TimeSpan took) => _fsync.Record(took.TotalSeconds);

    /// <inheritdoc/>
    public void Appended(TimeSpan took) => _append.Record(took.TotalSeconds);

    /// <inheritdoc/>
    public void CommandPassed(CommandStage stage, TimeSpan took) =>
        _stages.Record(took.TotalSeconds, new KeyValuePair<string, object?>("stage", TextOf(stage)));

    /// <summary>A proposal made here was answered and its request goes on.</summary>
    public void ProposalAnswered(Proposal proposal)
    {
        if (proposal.AnsweredAt != 0)
        {
            CommandPassed(CommandStage.Respond, Stopwatch.GetElapsedTime(proposal.AnsweredAt));
        }
    }

    /// <summary>A client's command came to its end, on whichever node it was carried out.</summary>
    /// <param name="kind">Null for bytes that are no command, and for a command that was refused unseen.</param>
    /// <param name="submission">How it ended.</param>
    public void CommandEnded(CommandKind? kind, Submission submission) => _commands.Add(
        1, new KeyValuePair<string, object?>("type", EnumText.Of(kind)),
        new KeyValuePair<string, object?>("outcome", OutcomeOf(submission)));

    /// <summary>A request was refused by a limit.</summary>
    /// <param name="policy">The limit's name.</param>
    public void RateLimited(string policy) =>
        _limited.Add(1, new KeyValuePair<string, object?>("policy", policy));

    /// <summary>A request was answered.</summary>
    /// <param name="http">The request.</param>
    /// <param name="started">When it came, by the stopwatch.</param>
    public void RequestAnswered(HttpContext http, long started)
    {
        var route = http.GetEndpoint() as RouteEndpoint;
        var status = http.RequestAborted.IsCancellationRequested ? ClientClosedRequest : http.Response.StatusCode;
        var code = Codes[Math.Clamp(status, FirstStatus, LastStatus) - FirstStatus];

        // Nothing that a client makes up becomes a label: a method without a route may be any word.
        _requests.Record(
            Stopwatch.GetElapsedTime(started).TotalSeconds,
            new KeyValuePair<string, object?>("method", route is null ? NoRoute : http.Request.Method),
            new KeyValuePair<string, object?>("route", route?.RoutePattern.RawText ?? NoRoute),
            new KeyValuePair<string, object?>("code", code));
    }

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();

    private static string TextOf(CommandStage stage) => stage switch
    {
        CommandStage.Queue => "queue",
        CommandStage.Replicate => "replicate",
        CommandStage.Apply => "apply",
        _ => "respond",
    };

    private static string OutcomeOf(Submission submission) => submission.Ending switch
    {
        SubmissionEnding.Applied when submission.Proposal!.Applied.Reason == RejectReason.None => "committed",
        SubmissionEnding.Applied => "rejected",
        SubmissionEnding.Appended => "accepted",
        SubmissionEnding.Unknown => "unknown",
        _ => "not_executed",
    };
}
