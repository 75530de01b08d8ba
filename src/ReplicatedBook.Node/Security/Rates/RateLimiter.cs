using System.Globalization;
using ReplicatedBook.Contracts;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Metrics;
using ReplicatedBook.Node.Options;

namespace ReplicatedBook.Node.Security.Rates;

/// <summary>Holds every user, and every address of nobody known, to so many requests of a class (API.md 10), and says
/// on the answer how many are left. Safe from any thread.</summary>
/// <remarks>Per node, and before anything is read or looked up: what is refused here never comes near the log. The
/// local user of a node without authentication is everybody, and is not limited.</remarks>
internal sealed class RateLimiter
{
    private const string PolicyHeader = "RateLimit-Policy";
    private const string StateHeader = "RateLimit";

    private readonly Limit _reads;
    private readonly Limit _orders;
    private readonly Limit _admin;
    private readonly Limit _credentials;
    private readonly string _login;
    private readonly Answers _answers;
    private readonly NodeMeter _meter;
    private readonly TimeProvider _time;

    public RateLimiter(NodeSettings settings, Answers answers, NodeMeter meter, TimeProvider time)
    {
        var (rates, window) = (settings.Rates, settings.Rates.Window);
        _reads = Limit.Of("reads", rates.Reads, window, rates.MaxSources);
        _orders = Limit.Of("orders", rates.Orders, window, rates.MaxSources);
        _admin = Limit.Of("admin", rates.Admin, window, rates.MaxSources);
        _credentials = Limit.Of("credentials", rates.Credentials, rates.CredentialsWindow, rates.MaxSources);
        _login = Limit.TextOf(LoginThrottle.Policy, rates.FailedLoginsOfUser, rates.LoginWindow);
        _answers = answers;
        _meter = meter;
        _time = time;
    }

    /// <summary>Counts a request of its caller's.</summary>
    /// <returns>Whether it was one too many and has been answered.</returns>
    public bool Refuse(HttpContext http, RateClass rate)
    {
        var caller = http.Caller();
        return rate != RateClass.None && !caller.IsLocal && Refuse(http, RateSource.Of(caller), Of(rate));
    }

    /// <summary>Counts a login that succeeds.</summary>
    /// <param name="http">The request.</param>
    /// <param name="user">Who signs in.</param>
    /// <returns>Whether it was one too many and has been answered.</returns>
    public bool RefuseLoginOf(HttpContext http, UserId user) =>
        Refuse(http, new RateSource(user, Address: null), _credentials);

    private bool Refuse(HttpContext http, RateSource source, Limit limit)
    {
        var verdict = limit.Table.Take(source, _time.GetElapsedTime(0).Ticks);
        var headers = http.Response.Headers;
        headers[PolicyHeader] = limit.Policy;
        headers[StateHeader] = string.Create(
            CultureInfo.InvariantCulture,
            $"\"{limit.Name}\";r={verdict.Remaining};t={WholeSeconds(verdict.UntilFull)}");
        if (verdict.IsAllowed)
        {
            return false;
        }

        Refuse(http, limit.Name, verdict.Wait);
        return true;
    }

    /// <summary>Counts something of a caller's that is no request of HTTP.</summary>
    /// <returns>Null where it is within the limit.</returns>
    public ApiProblem? Refuse(Caller caller, RateClass rate)
    {
        if (rate == RateClass.None || caller.IsLocal)
        {
            return null;
        }

        var limit = Of(rate);
        if (limit.Table.Take(RateSource.Of(caller), _time.GetElapsedTime(0).Ticks).IsAllowed)
        {
            return null;
        }

        _meter.RateLimited(limit.Name);
        return TooMany(limit.Name);
    }

    /// <summary>Answers a login that is one too many.</summary>
    /// <param name="http">The request.</param>
    /// <param name="wait">After which time one more would be within the limit.</param>
    public void RefuseLogin(HttpContext http, TimeSpan wait)
    {
        http.Response.Headers[PolicyHeader] = _login;
        http.Response.Headers[StateHeader] = string.Create(
            CultureInfo.InvariantCulture, $"\"{LoginThrottle.Policy}\";r=0;t={WholeSeconds(wait)}");
        Refuse(http, LoginThrottle.Policy, wait);
    }

    private void Refuse(HttpContext http, string policy, TimeSpan wait)
    {
        http.Response.Headers.RetryAfter = WholeSeconds(wait).ToString(CultureInfo.InvariantCulture);
        _meter.RateLimited(policy);
        _answers.Write(http, TooMany(policy));
    }

    private static ApiProblem TooMany(string policy) =>
        new(ProblemCodes.RateLimited, $"more requests than the limit {policy} allows");

    private Limit Of(RateClass rate) => rate switch
    {
        RateClass.Orders => _orders,
        RateClass.Admin => _admin,
        RateClass.Credentials => _credentials,
        _ => _reads,
    };

    // Rounded up: who waits as long as it was told finds what it was promised.
    private static long WholeSeconds(TimeSpan time) => (long)Math.Ceiling(time.TotalSeconds);

    /// <summary>One class.</summary>
    /// <param name="Name">As clients know it.</param>
    /// <param name="Policy">What its header says.</param>
    /// <param name="Table">Who has how much left.</param>
    private sealed record Limit(string Name, string Policy, RateTable Table)
    {
        public static Limit Of(string name, int quota, TimeSpan window, int maxSources) => new(
            name, TextOf(name, quota, window), new RateTable(quota, window, maxSources));

        public static string TextOf(string name, int quota, TimeSpan window) =>
            string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={quota};w={WholeSeconds(window)}");
    }
}
