using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Metrics;
using ReplicatedBook.Node.Security.Rates;

namespace ReplicatedBook.Node.Security;

/// <summary>Answers requests whose caller is not who they should be, counts them and puts them on record.</summary>
internal sealed class AccessRefusals(
    RateLimiter limiter, RefusalRecorder recorder, Answers answers, NodeMeter meter)
{
    private const string Challenge = "Bearer";

    /// <summary>Answers a request that has no credential that holds. It counts as a read of its address.</summary>
    public void WriteUnauthenticated(HttpContext http, ApiProblem problem)
    {
        if (limiter.Refuse(http, RateClass.Reads))
        {
            return;
        }

        if (problem.Code.Status == StatusCodes.Status401Unauthorized)
        {
            http.Response.Headers.WWWAuthenticate = Challenge;
        }

        Write(http, problem);
    }

    /// <summary>Answers a request that its caller may not make.</summary>
    public void Write(HttpContext http, ApiProblem problem)
    {
        meter.AccessRefused(problem.Code.Code);
        recorder.Note(http, problem.Code.Code);
        answers.Write(http, problem);
    }

    /// <summary>Counts and records something refused that is no request of HTTP.</summary>
    /// <param name="caller">Who wanted it.</param>
    /// <param name="target">What; nothing that a client makes up.</param>
    /// <param name="problem">Why it was refused.</param>
    /// <returns>What to answer: the problem, or that there are too many of them.</returns>
    public ApiProblem Note(Caller caller, string target, ApiProblem problem)
    {
        if (!caller.IsKnown && limiter.Refuse(caller, RateClass.Reads) is { } tooMany)
        {
            return tooMany;
        }

        meter.AccessRefused(problem.Code.Code);
        recorder.Note(caller, target, problem.Code.Code);
        return problem;
    }
}
