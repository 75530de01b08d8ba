using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Api.InProcess;

namespace ReplicatedBook.Node.Api.WebSocket;

/// <summary>Shows problems of a connection as HTTP shows its own.</summary>
internal sealed class SocketProblems(RbHeaders headers, Answers answers)
{
    /// <summary>More was asked for than the limit allows.</summary>
    public static ApiProblem TooMany { get; } = new(
        ProblemCodes.RateLimited, "more requests than the limit reads allows");

    /// <summary>The message that tells of a problem.</summary>
    /// <param name="id">The request's name; empty for none.</param>
    /// <param name="problem">What is wrong.</param>
    public byte[] Frame(ReadOnlyMemory<byte> id, ApiProblem problem)
    {
        var http = InProcessRequest.Of(authorization: null, origin: null);
        headers.Stamp(http.Response);
        return SocketFrames.Error(id, answers.ToProblem(http, problem));
    }
}
