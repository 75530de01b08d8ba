using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using ReplicatedBook.Node.Api.Grpc.Protocol;

namespace ReplicatedBook.Node.Tests.Grpc;

/// <summary>Calls a node by gRPC, over the HTTP/2 of the platform.</summary>
/// <param name="address">Of the node's gRPC port.</param>
/// <param name="trust">Whom to trust over TLS; null for the machine's own authorities.</param>
internal sealed class GrpcTestClient(Uri address, X509ChainPolicy? trust = null) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        EnableMultipleHttp2Connections = true,
        SslOptions = { CertificateChainPolicy = trust },
    })
    {
        BaseAddress = address,
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    public Uri Address => address;

    /// <summary>Metadata of every call.</summary>
    public List<(string Name, string Value)> Metadata { get; } = [];

    public Task<GrpcReply<TReply>> CallAsync<TReply>(
        string method, IMessage request, MessageParser<TReply> parser,
        params (string Name, string Value)[] metadata)
        where TReply : class, IMessage<TReply>
    {
        var frames = new ArrayBufferWriter<byte>();
        Frames.Write(frames, request);
        return CallBytesAsync(method, frames.WrittenSpan.ToArray(), parser, metadata);
    }

    /// <summary>A call whose body is given as bytes, right or wrong.</summary>
    public async Task<GrpcReply<TReply>> CallBytesAsync<TReply>(
        string method, byte[] body, MessageParser<TReply> parser, params (string Name, string Value)[] metadata)
        where TReply : class, IMessage<TReply>
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/grpc");
        using var request = Request(method, content, metadata);
        using var response = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/grpc", response.Content.Headers.ContentType?.MediaType);
        var bytes = new ReadOnlySequence<byte>(await response.Content.ReadAsByteArrayAsync());
        var message = Frames.TryTake(ref bytes, 1 << 24, out var first, out _) ? parser.ParseFrom(first) : null;
        Assert.True(bytes.IsEmpty);
        var trailers = Texts(response.TrailingHeaders);
        return new GrpcReply<TReply>(
            (GrpcCode)int.Parse(trailers["grpc-status"]), message, Texts(response.Headers), trailers);
    }

    /// <summary>Opens a call that gives many messages.</summary>
    /// <param name="method">Its path.</param>
    /// <param name="request">The only message that it takes; null for many.</param>
    /// <param name="parser">Of what it gives.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <param name="metadata">Metadata.</param>
    public async Task<GrpcTestStream<TReply>> OpenAsync<TReply>(
        string method, IMessage? request, MessageParser<TReply> parser, CancellationToken cancellation = default,
        params (string Name, string Value)[] metadata)
        where TReply : class, IMessage<TReply>
    {
        DuplexContent? duplex = null;
        HttpContent content;
        if (request is null)
        {
            content = duplex = new DuplexContent();
        }
        else
        {
            var frames = new ArrayBufferWriter<byte>();
            Frames.Write(frames, request);
            content = new ByteArrayContent(frames.WrittenSpan.ToArray());
            content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/grpc");
        }

        var response = await _http.SendAsync(
            Request(method, content, metadata), HttpCompletionOption.ResponseHeadersRead, cancellation);
        return new GrpcTestStream<TReply>(
            response, await response.Content.ReadAsStreamAsync(cancellation), duplex, parser);
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _http.SendAsync(request);

    public static IReadOnlyDictionary<string, string> Texts(HttpHeaders headers) => headers.ToDictionary(
        header => header.Key.ToLowerInvariant(), header => string.Join(", ", header.Value));

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(
        string method, HttpContent content, IEnumerable<(string Name, string Value)> metadata)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, method)
        {
            Content = content,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TE.ParseAdd("trailers");
        foreach (var (name, value) in Metadata.Concat(metadata))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}
