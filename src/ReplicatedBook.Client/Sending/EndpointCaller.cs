using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using ReplicatedBook.Client.Outcomes;

namespace ReplicatedBook.Client.Sending;

/// <summary>Sends a call once, to one endpoint, and says what that attempt tells. Safe from any thread.</summary>
internal sealed class EndpointCaller(HttpClient http, ClientOptions options)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json") { CharSet = "utf-8" };

    /// <summary>One attempt.</summary>
    /// <param name="endpoint">Node to ask.</param>
    /// <param name="call">What to send.</param>
    /// <param name="timeout">What the server is told; the answer is awaited a little longer.</param>
    /// <param name="cancellation">Gives the call up.</param>
    /// <exception cref="OperationCanceledException">The caller gave up; the request may have been executed.</exception>
    public async Task<Attempt> SendAsync(Uri endpoint, Call call, TimeSpan timeout, CancellationToken cancellation)
    {
        using var request = Build(endpoint, call, timeout);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout + options.AttemptGrace);
        try
        {
            using var response = await http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(limit.Token).ConfigureAwait(false);
            return Judge(response, body, ResponseMarkReader.Read(endpoint, response.Headers));
        }
        catch (OperationCanceledException) when (!limit.IsCancellationRequested)
        {
            // Nobody gave it up, so it is the limit on connecting: nothing was sent.
            return Attempt.Failed(AttemptKind.NotExecuted, $"{endpoint.Authority} did not take a connection in time");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Attempt.Failed(AttemptKind.Unknown, $"{endpoint.Authority} did not answer in time");
        }
        catch (HttpRequestException failure)
        {
            return Attempt.Failed(KindOf(failure), $"{endpoint.Authority}: {TextOf(failure)}");
        }
        catch (IOException failure)
        {
            return Attempt.Failed(AttemptKind.Unknown, $"{endpoint.Authority}: {failure.Message}");
        }
    }

    private HttpRequestMessage Build(Uri endpoint, Call call, TimeSpan timeout)
    {
        var request = new HttpRequestMessage(call.Method, new Uri(endpoint, PathOf(call, timeout)));
        if (call.Key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", call.Key);
        }

        if ((call.Bearer ?? (call.IsAnonymous ? null : options.Credentials?.Bearer)) is { } bearer)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + bearer);
        }

        if (call.ExpectedVersion is { } version)
        {
            request.Headers.TryAddWithoutValidation(
                "If-Match", string.Create(CultureInfo.InvariantCulture, $"\"{version}\""));
        }

        if (call.Body is not null)
        {
            request.Content = new ByteArrayContent(call.Body) { Headers = { ContentType = Json } };
        }
        else if (call.Method != HttpMethod.Get)
        {
            // SocketsHttpHandler sends a request without content again, unseen, when a connection in use breaks. If
            // the node is gone by then, the second try fails to connect, which would pass for "never sent".
            request.Content = new ByteArrayContent([]);
        }

        return request;
    }

    private static string PathOf(Call call, TimeSpan timeout)
    {
        if (!call.IsTimed)
        {
            return call.Path;
        }

        // API.md 1.2 and 1.3: 1 ms to 30 s for writes, to 10 s for reads.
        var most = call.IsRead ? 10_000 : 30_000;
        var milliseconds = Math.Clamp((long)timeout.TotalMilliseconds, 1, most);
        var separator = call.Path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return string.Create(CultureInfo.InvariantCulture, $"{call.Path}{separator}timeout_ms={milliseconds}");
    }

    /// <summary>What is wrong with a certificate is said by the inner exception alone.</summary>
    private static string TextOf(HttpRequestException failure) =>
        failure is { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: { } inner }
            ? inner.Message
            : failure.Message;

    /// <summary>Only a connection that was never made, or never became safe, proves that nothing was sent.</summary>
    private static AttemptKind KindOf(HttpRequestException failure) => failure.HttpRequestError
        is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError
            ? AttemptKind.NotExecuted
            : AttemptKind.Unknown;

    private static Attempt Judge(HttpResponseMessage response, byte[] body, ResponseMark mark)
    {
        if (response.IsSuccessStatusCode)
        {
            return new Attempt(AttemptKind.Answered, body, null, mark, null, TimeSpan.Zero);
        }

        var problem = ProblemReader.Read(body);
        var cause = problem is null ? $"{mark.Endpoint.Authority} answered {(int)response.StatusCode}" : null;
        var pause = response.Headers.RetryAfter?.Delta ?? TimeSpan.Zero;
        return new Attempt(KindOf(response.StatusCode, problem?.Outcome), [], problem, mark, cause, pause);
    }

    /// <summary>The server's own word counts; without it only a refusal of the request's form is taken as
    /// final.</summary>
    private static AttemptKind KindOf(HttpStatusCode status, string? outcome) => (status, outcome) switch
    {
        (_, "unknown" or "committed") => AttemptKind.Unknown,
        (HttpStatusCode.TooManyRequests, _) => AttemptKind.NotExecuted,
        (HttpStatusCode.ServiceUnavailable, "not_executed" or "rejected") => AttemptKind.NotExecuted,
        ( >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError, _)
            when status != HttpStatusCode.RequestTimeout => AttemptKind.Refused,
        _ => AttemptKind.Unknown,
    };
}
