using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Google.Protobuf;

namespace ReplicatedBook.Cluster.Tests.Faults.Followers;

/// <summary>Reads what a node answers to one message by gRPC, over the HTTP/2 of the platform.</summary>
internal sealed class GrpcReader : IDisposable
{
    private const int PrefixBytes = 5; // Whether it is compressed, then its length.

    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The messages of an answer, until it ends.</summary>
    /// <param name="port">Of the node's gRPC interface on 127.0.0.1.</param>
    /// <param name="method">As "MarketData/GetBook".</param>
    /// <param name="request">The only message that is sent.</param>
    /// <param name="parser">Of the answers.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <exception cref="IOException">The connection is lost, or the call has not ended well.</exception>
    /// <exception cref="HttpRequestException">There is no connection.</exception>
    public async IAsyncEnumerable<T> ReadAsync<T>(
        int port, string method, IMessage request, MessageParser<T> parser,
        [EnumeratorCancellation] CancellationToken cancellation)
        where T : IMessage<T>
    {
        using var call = new HttpRequestMessage(
            HttpMethod.Post, new UriBuilder("http", "127.0.0.1", port, $"/replicatedbook.v1.{method}").Uri)
        {
            Content = new ByteArrayContent(Framed(request)),
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        call.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/grpc");
        call.Headers.TE.ParseAdd("trailers");
        using var response = await _http.SendAsync(call, HttpCompletionOption.ResponseHeadersRead, cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var prefix = new byte[PrefixBytes];
        while (await body.ReadAtLeastAsync(prefix, PrefixBytes, throwOnEndOfStream: false, cancellation) == PrefixBytes)
        {
            var message = new byte[BinaryPrimitives.ReadInt32BigEndian(prefix.AsSpan(1))];
            await body.ReadExactlyAsync(message, cancellation);
            yield return parser.ParseFrom(message);
        }

        var status = response.TrailingHeaders.TryGetValues("grpc-status", out var given) ? given.Single() : "none";
        if (status != "0")
        {
            throw new IOException($"{method} ended with status {status}: {response.TrailingHeaders}");
        }
    }

    public void Dispose() => _http.Dispose();

    private static byte[] Framed(IMessage message)
    {
        var bytes = new byte[PrefixBytes + message.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), bytes.Length - PrefixBytes);
        message.WriteTo(bytes.AsSpan(PrefixBytes));
        return bytes;
    }
}
