using ReplicatedBook.Matching;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>What all reading routes share: their parameters, their headers and their failures.</summary>
internal sealed class Reads(ReadGateway gateway, RbHeaders headers, Answers answers)
{
    /// <summary>Most that an index can be: JSON integers are exact below 2^53.</summary>
    public const long MaxIndex = (1L << 53) - 1;

    private const long MaxLagMs = 86_400_000;

    /// <summary>How long a read or a comparison waits at most.</summary>
    public static readonly IntegerParameter Timeout = new(
        "timeout_ms", "Milliseconds to wait at most.", 1, 10_000, ReadOptions.DefaultTimeoutMs);

    private static readonly WordParameter Consistency = new(
        "consistency", "strong: linearizable; weak: from this node's state at once.", "strong", "strong", "weak");

    private static readonly IntegerParameter MinIndex = new(
        "min_index", "Not before this index is applied here; an Rb-Index of any node.", 0, MaxIndex);

    private static readonly IntegerParameter MaxLag = new(
        "max_lag_ms", "With weak: refused when the node heard from a leader longer ago.", 0, MaxLagMs);

    private static readonly IntegerParameter AtIndex = new(
        "at_index", "The answer as of this index.", 1, MaxIndex);

    /// <summary>The parameters of every read (API.md 1.3).</summary>
    public static IReadOnlyList<QueryParameter> Parameters { get; } =
        [Consistency, MinIndex, MaxLag, AtIndex, Timeout];

    /// <summary>Takes the parameters of API.md 1.3.</summary>
    public static ReadOptions Options(QueryReader query)
    {
        var isStrong = query.Word(Consistency) == "strong";
        var maxLag = query.Integer(MaxLag);
        if (maxLag is not null && isStrong)
        {
            query.Refuse(MaxLag.Name, "it goes with consistency=weak");
        }

        var minIndex = query.Integer(MinIndex) ?? 0;
        var atIndex = query.Integer(AtIndex);
        var timeout = query.IntegerOrStandard(Timeout);
        return new ReadOptions(
            isStrong, minIndex, maxLag is { } lag ? TimeSpan.FromMilliseconds(lag) : null, atIndex,
            TimeSpan.FromMilliseconds(timeout));
    }

    /// <summary>Runs a query and sets the headers of its answer.</summary>
    /// <returns>None when a problem was answered instead.</returns>
    public async ValueTask<Reading<T>?> RunAsync<T>(HttpContext http, ReadOptions options, Func<Exchange, T> query)
    {
        var answer = await gateway.ReadAsync(options, query);
        headers.Stamp(http.Response); // While it was waited, the leader may have changed.
        headers.Read(http.Response, options.IsStrong);
        if (answer.Failure is { } failure)
        {
            answers.Write(http, Problems.Of(failure));
            return null;
        }

        var reading = answer.Reading;
        RbHeaders.Place(http.Response, reading.Index, reading.Term, reading.Digest);
        return reading;
    }
}
