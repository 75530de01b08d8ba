using System.Globalization;
using Google.Protobuf;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Grpc.Protocol;

/// <summary>Serves gRPC over HTTP/2: finds the method, watches the deadline, and ends every call with a status. What goes
/// wrong in a call never concerns another.</summary>
internal sealed partial class GrpcServer(
    GrpcMethods methods, GrpcGate gate, RbHeaders headers, NodeSettings settings, TimeProvider time,
    ILogger<GrpcServer> logger)
{
    private const string ContentType = "application/grpc";
    private const string Identity = "identity";

    /// <summary>A deadline beyond this is none: timers end there.</summary>
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromDays(1);

    /// <summary>Serves one call.</summary>
    public async Task ServeAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            http.Response.Headers.Allow = HttpMethods.Post;
            return;
        }

        if (!IsGrpc(http.Request.ContentType))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        http.TraceIdentifier = RequestIds.For(http.Request.Headers[RequestIds.Header]);
        http.Response.ContentType = ContentType;
        http.Response.Headers[RequestIds.Header] = http.TraceIdentifier;
        http.Response.Headers["grpc-accept-encoding"] = Identity;
        headers.Stamp(http.Response);
        if (await CarryOutAsync(http) is { } status)
        {
            await EndAsync(http, status);
        }
    }

    private static bool IsGrpc(string? type) =>
        type is not null && type.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && (type.Length == ContentType.Length || type[ContentType.Length] is '+' or ';');

    /// <summary>Null when nobody is left to be answered.</summary>
    private async Task<GrpcStatus?> CarryOutAsync(HttpContext http)
    {
        if (methods.Find(http.Request.Path.Value ?? "") is not { } method)
        {
            return GrpcStatus.Of(GrpcCode.Unimplemented, ProblemCodes.NotFound, "no such method");
        }

        if (http.Request.Headers["grpc-encoding"] is { Count: > 0 } encoding && encoding != Identity)
        {
            return GrpcStatus.Of(
                GrpcCode.Unimplemented, ProblemCodes.UnsupportedMediaType, "messages are not compressed: identity only");
        }

        TimeSpan? timeout = null;
        if (http.Request.Headers["grpc-timeout"] is { Count: > 0 } given)
        {
            timeout = given.Count == 1 ? TimeoutText.Parse(given[0]) : null;
            if (timeout is null)
            {
                return GrpcStatus.Malformed("grpc-timeout must be 1 to 8 digits and one of HMSmun");
            }
        }

        Unbind(http, method);
        using var deadline = new CancellationTokenSource(
            timeout < MaxTimeout ? timeout.Value : System.Threading.Timeout.InfiniteTimeSpan, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, deadline.Token);
        var call = new GrpcCall(http, timeout, settings.Grpc.MaxMessageBytes, time, ended.Token);
        try
        {
            return await gate.RefuseAsync(call, method) ?? await method.Run(call);
        }
        catch (Exception failure)
        {
            return deadline.IsCancellationRequested && !http.RequestAborted.IsCancellationRequested
                ? GrpcStatus.DeadlinePassed(method.IsWrite)
                : Explain(http, method, failure);
        }
    }

    /// <summary>Takes the limits of requests off: messages have their own, and a stream may be silent.</summary>
    private static void Unbind(HttpContext http, GrpcMethod method)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (method.Descriptor.IsClientStreaming
            && http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }

    private GrpcStatus? Explain(HttpContext http, GrpcMethod method, Exception failure)
    {
        switch (failure)
        {
            case not null when http.RequestAborted.IsCancellationRequested:
            case ConnectionResetException or ConnectionAbortedException:
                return null;
            case BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout }:
                return GrpcStatus.Of(new ApiProblem(ProblemCodes.RequestTimeout, "the message came too slowly"));
            case BadHttpRequestException bad:
                return GrpcStatus.Malformed(bad.Message);
            case ReplicaStoppedException:
                return GrpcStatus.Of(new ApiProblem(ProblemCodes.ShuttingDown, "the node is stopping"));
            case IOException:
                return null; // The stream below has ended.
            default:
                LogInternal(http.TraceIdentifier, method.Path, failure!);
                return GrpcStatus.Of(
                    new ApiProblem(ProblemCodes.Internal, "the node's log says more, under this request id")
                    {
                        Outcome = method.IsWrite ? Outcomes.Unknown : Outcomes.NotExecuted,
                    });
        }
    }

    private static async Task EndAsync(HttpContext http, GrpcStatus status)
    {
        var response = http.Response;
        response.AppendTrailer("grpc-status", ((int)status.Code).ToString(CultureInfo.InvariantCulture));
        if (status.Message is { } message)
        {
            response.AppendTrailer("grpc-message", PercentText.Encode(message));
        }

        if (status.ProblemCode is { } code)
        {
            response.AppendTrailer("rb-code", code);
            response.AppendTrailer("rb-outcome", status.Outcome);
            if (status.Index is { } index)
            {
                response.AppendTrailer("rb-index", index.ToString(CultureInfo.InvariantCulture));
            }
        }

        await response.CompleteAsync();
    }

    [LoggerMessage(EventId = 211, Level = LogLevel.Error, Message = "call {RequestId} of {Path} failed")]
    private partial void LogInternal(string requestId, string path, Exception exception);
}
