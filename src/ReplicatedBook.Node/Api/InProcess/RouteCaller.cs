using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using ReplicatedBook.Node.Api.Http;

namespace ReplicatedBook.Node.Api.InProcess;

/// <summary>Puts requests of other transports through the routes of the HTTP interface, with all that stands before
/// them: authentication, limits, authorization, audit. So each rule is written once. Safe from any thread.</summary>
/// <remarks>Not for routes that stream: their answer has no end.</remarks>
internal sealed class RouteCaller(IServiceProvider services)
{
    private const string Json = "application/json";

    private RequestDelegate? _pipeline;

    /// <summary>Takes the pipeline behind the place where this is put into it.</summary>
    public RequestDelegate Attach(RequestDelegate next) => _pipeline = next;

    /// <summary>Runs a request.</summary>
    /// <param name="call">The request.</param>
    /// <param name="cancellation">That the client is gone. A write may be carried out all the same.</param>
    /// <exception cref="InvalidOperationException">The pipeline is not there yet.</exception>
    public async ValueTask<RouteAnswer> CallAsync(RouteCall call, CancellationToken cancellation)
    {
        var pipeline = _pipeline ?? throw new InvalidOperationException("the node is not built yet");
        var answer = new MemoryStream();
        var http = Request(call, answer);
        http.RequestAborted = cancellation;
        await pipeline(http);
        await http.Response.CompleteAsync();
        return new RouteAnswer(
            http.Response.StatusCode, http.Response.Headers, answer.GetBuffer().AsMemory(0, (int)answer.Length));
    }

    private DefaultHttpContext Request(RouteCall call, Stream answer)
    {
        var (path, query) = Split(call.PathAndQuery);
        var request = new HttpRequestFeature
        {
            Protocol = HttpProtocol.Http11,
            Scheme = Uri.UriSchemeHttp,
            Method = call.Method,
            Path = path,
            QueryString = query,
            RawTarget = call.PathAndQuery,
        };
        Describe(request.Headers, call);
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(request);
        features.Set<IRequestBodyPipeFeature>(new RequestBody(call.Body));
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        features.Set<IHttpConnectionFeature>(new HttpConnectionFeature { RemoteIpAddress = call.Origin });
        features.Set(new InPipeline(call.OrderSession, call.IsPatient));
        return new DefaultHttpContext(features) { RequestServices = services };
    }

    private static void Describe(IHeaderDictionary headers, RouteCall call)
    {
        if (!call.Body.IsEmpty)
        {
            headers.ContentType = Json;
            headers.ContentLength = call.Body.Length;
        }

        if (call.Authorization is { } authorization)
        {
            headers.Authorization = authorization;
        }

        if (call.RequestId is { } id)
        {
            headers[RequestIds.Header] = id;
        }

        if (call.IdempotencyKey is { } key)
        {
            headers[WriteOptions.KeyParameter.Name] = key;
        }
    }

    /// <summary>Path and query as routing expects them: the path decoded but for slashes inside a segment.</summary>
    private static (string Path, string Query) Split(string target)
    {
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = mark < 0 ? (target, string.Empty) : (target[..mark], target[mark..]);
        return (path.Contains('%', StringComparison.Ordinal) ? Decode(path) : path, query);
    }

    private static string Decode(string path)
    {
        const string Slash = "%2F";
        return string.Join(
            Slash,
            path.Split(Slash, StringSplitOptions.None)
                .SelectMany(part => part.Split("%2f", StringSplitOptions.None))
                .Select(Uri.UnescapeDataString));
    }
}
