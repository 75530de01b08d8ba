using ReplicatedBook.Matching;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>What all reading routes share: their parameters, their headers and their failures.</summary>
internal sealed class Reads(ReadGateway gateway, RbHeaders headers, Answers answers)
{
    /// <summary>Most that an index can be: JSON integers are exact below 2^53.</summary>
    public const long MaxIndex = (1L << 53) - 1;

    private const int MaxTimeoutMs = 10_000;
    private const long MaxLagMs = 86_400_000;

    /// <summary>Takes the parameters of API.md 1.3.</summary>
    public static ReadOptions Options(QueryReader query)
    {
        var isStrong = query.Word("consistency", "strong", "strong", "weak") == "strong";
        var maxLag = query.Integer("max_lag_ms", 0, MaxLagMs);
        if (maxLag is not null && isStrong)
        {
            query.Refuse("max_lag_ms", "it goes with consistency=weak");
        }

        var minIndex = query.Integer("min_index", 0, MaxIndex) ?? 0;
        var atIndex = query.Integer("at_index", 1, MaxIndex);
        var timeout = query.Integer("timeout_ms", 1, MaxTimeoutMs) ?? ReadOptions.DefaultTimeoutMs;
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
