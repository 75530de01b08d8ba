using ReplicatedBook.Contracts;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>How a write is to be carried out (API.md 1.2).</summary>
/// <param name="Key">The client's name for the request; empty when none was given.</param>
/// <param name="Wait">How far to wait.</param>
/// <param name="Timeout">How long at most.</param>
/// <param name="WantsRedirect">Whether a node that does not lead is to name the leader instead of forwarding.</param>
internal sealed record WriteOptions(RequestKey Key, ProposalWait Wait, TimeSpan Timeout, bool WantsRedirect)
{
    private const string KeyHeader = "Idempotency-Key";
    private const int DefaultTimeoutMs = 5_000;

    private static readonly WordParameter WaitParameter = new(
        "wait", "How far to wait; accepted is answered with 202 and promises no durability.", "applied", "accepted",
        "applied", "projected");

    private static readonly WordParameter Receipt = new(
        "receipt", "signed: the receipt with a signature.", null, "signed");

    private static readonly IntegerParameter TimeoutParameter = new(
        "timeout_ms", "Milliseconds to wait at most; also the command's deadline in cluster time.", 1, 30_000,
        DefaultTimeoutMs);

    private static readonly FlagParameter Redirect = new(
        "redirect", "Whether a node that does not lead names the leader (307) instead of forwarding.");

    /// <summary>The parameters of every write (API.md 1.2).</summary>
    public static IReadOnlyList<QueryParameter> Parameters { get; } =
        [WaitParameter, Receipt, TimeoutParameter, Redirect];

    /// <summary>The header that makes a write exactly-once.</summary>
    public static HeaderParameter KeyParameter { get; } = new(
        KeyHeader, "Names the request, so that a repetition at any node gives the first answer: 1 to 64 printable "
            + "ASCII characters.", 64);

    /// <summary>What a request without parameters and key asks for.</summary>
    private static readonly WriteOptions Standard = new(
        default, ProposalWait.Applied, TimeSpan.FromMilliseconds(DefaultTimeoutMs), WantsRedirect: false);

    /// <summary>Takes header and parameters; all parameters of the route must have been asked for before.</summary>
    public static Bound<WriteOptions> Read(HttpRequest request, QueryReader query)
    {
        var key = default(RequestKey);
        var keys = request.Headers[KeyHeader];
        if (keys.Count != 0 && !(keys is [{ Length: > 0 } text] && RequestKey.TryCreate(text, out key)))
        {
            return Bound<WriteOptions>.Refused(ApiProblem.OfField(
                ProblemCodes.InvalidField, KeyHeader, $"{KeyHeader} must be 1 to 64 printable ASCII characters"));
        }

        if (!request.QueryString.HasValue)
        {
            return new Bound<WriteOptions>(keys.Count == 0 ? Standard : Standard with { Key = key }, null);
        }

        var wait = query.Word(WaitParameter);
        if (wait == "projected")
        {
            query.RefuseFeature("wait=projected");
        }

        if (query.Word(Receipt) == "signed")
        {
            query.RefuseFeature("receipt=signed");
        }

        var timeout = query.IntegerOrStandard(TimeoutParameter);
        var redirect = query.Flag(Redirect);
        return query.Finish() is { } problem
            ? Bound<WriteOptions>.Refused(problem)
            : new Bound<WriteOptions>(
                new WriteOptions(
                    key, wait == "accepted" ? ProposalWait.Appended : ProposalWait.Applied,
                    TimeSpan.FromMilliseconds(timeout), redirect),
                null);
    }
}
