using System.Net.Sockets;
using System.Text;
using ReplicatedBook.Consensus;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Node.Tests.Peers;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api;

/// <summary>Goal: no two programs on the way can read different requests out of the same bytes. Method: raw bytes of
/// every ambiguous kind, each followed by a good request that must not be carried out.</summary>
public sealed class RawHttpTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private const string Post = "POST /v1/accounts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    private const string Next = Post + "Content-Length: 2\r\n\r\n{}";
    private const string Chunked = Post + "Transfer-Encoding: chunked\r\n\r\n";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static TheoryData<string, string> Lengths => new()
    {
        { "length and chunks", Post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" },
        { "chunks and length", Post + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n" },
        { "Kestrel's mark for both", Post + "X-Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}" },
        { "two lengths", Post + "Content-Length: 2\r\nContent-Length: 9\r\n\r\n{}" },
        { "the same length twice", Post + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}" },
        { "a list of lengths", Post + "Content-Length: 2, 2\r\n\r\n{}" },
        { "a negative length", Post + "Content-Length: -2\r\n\r\n{}" },
        { "a length with a sign", Post + "Content-Length: +2\r\n\r\n{}" },
        { "a hexadecimal length", Post + "Content-Length: 0x2\r\n\r\n{}" },
        { "a length with a blank in it", Post + "Content-Length: 2 2\r\n\r\n{}" },
        { "a length of many digits", Post + $"Content-Length: {new string('0', 40)}2\r\n\r\n{{}}" },
        { "a length and a letter", Post + "Content-Length: 2a\r\n\r\n{}" },
        { "a length with a comma", Post + "Content-Length: 2,\r\n\r\n{}" },
        { "an endless length", Post + "Content-Length: 99999999999999999999\r\n\r\n{}" },
        { "an empty length", Post + "Content-Length: \r\n\r\n{}" },
    };

    public static TheoryData<string, string> Codings => new()
    {
        { "identity", Post + "Transfer-Encoding: identity\r\n\r\n{}" },
        { "chunked not last", Post + "Transfer-Encoding: chunked, identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n" },
        { "compressed", Post + "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n" },
        { "chunked twice", Post + "Transfer-Encoding: chunked, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n" },
        { "two headers", Chunked.Replace("\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n") },
        { "a misspelt coding", Post + "Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n" },
        { "a coding behind a tab", Post + "Transfer-Encoding: \u000bchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n" },
        { "a quoted coding", Post + "Transfer-Encoding: \"chunked\"\r\n\r\n2\r\n{}\r\n0\r\n\r\n" },
        { "chunks before HTTP/1.1", Chunked.Replace("HTTP/1.1", "HTTP/1.0") + "2\r\n{}\r\n0\r\n\r\n" },
    };

    public static TheoryData<string, string> Chunks => new()
    {
        { "no number", Chunked + "zz\r\n{}\r\n0\r\n\r\n" },
        { "a negative size", Chunked + "-2\r\n{}\r\n0\r\n\r\n" },
        { "a size with a prefix", Chunked + "0x2\r\n{}\r\n0\r\n\r\n" },
        { "a size of many digits", Chunked + "FFFFFFFFFFFFFFFF2\r\n{}\r\n0\r\n\r\n" },
        { "a size behind a blank", Chunked + " 2\r\n{}\r\n0\r\n\r\n" },
        { "a bare line feed behind the size", Chunked + "2\n{}\r\n0\r\n\r\n" },
        { "a bare line feed in an extension", Chunked + "2;a=b\n{}\r\n0\r\n\r\n" },
        { "a bare carriage return in an extension", Chunked + "2;a\rb\r\n{}\r\n0\r\n\r\n" },
        { "no line end behind the data", Chunked + "2\r\n{}0\r\n\r\n" },
        { "a bare line feed behind the data", Chunked + "2\r\n{}\n0\r\n\r\n" },
        { "more data than its size", Chunked + "2\r\n{}{}\r\n0\r\n\r\n" },
    };

    public static TheoryData<string, string> Lines => new()
    {
        { "bare line feeds", "GET /livez HTTP/1.1\nHost: x\n\n" },
        { "a bare line feed behind the request line", "GET /livez HTTP/1.1\nHost: x\r\n\r\n" },
        { "a bare line feed behind a header", "GET /livez HTTP/1.1\r\nHost: x\nA: b\r\n\r\n" },
        { "a bare line feed at the end", "GET /livez HTTP/1.1\r\nHost: x\r\n\n" },
        { "a bare carriage return", "GET /livez HTTP/1.1\r\nHost: x\rA: b\r\n\r\n" },
        { "a folded header", "GET /livez HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n" },
        { "a folded first header", "GET /livez HTTP/1.1\r\n Host: x\r\n\r\n" },
        { "a blank before the colon", Post + "Content-Length : 2\r\n\r\n{}" },
        { "a tab before the colon", Post + "Content-Length\t: 2\r\n\r\n{}" },
        { "a header without a colon", "GET /livez HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n" },
        { "a header without a name", "GET /livez HTTP/1.1\r\nHost: x\r\n: b\r\n\r\n" },
        { "a zero in a name", "GET /livez HTTP/1.1\r\nHost: x\r\nA\0B: b\r\n\r\n" },
        { "a zero in a value", "GET /livez HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n" },
        { "a zero in the path", "GET /li\0vez HTTP/1.1\r\nHost: x\r\n\r\n" },
        { "an escaped zero in the path", "GET /livez%00 HTTP/1.1\r\nHost: x\r\n\r\n" },
        { "two hosts", "GET /livez HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n" },
        { "the same host twice", "GET /livez HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n" },
        { "no host", "GET /livez HTTP/1.1\r\nA: b\r\n\r\n" },
        { "a host with a path", "GET /livez HTTP/1.1\r\nHost: x/y\r\n\r\n" },
        { "a host with a blank", "GET /livez HTTP/1.1\r\nHost: x y\r\n\r\n" },
        { "one host in the path and another beside it", "GET http://y/livez HTTP/1.1\r\nHost: x\r\n\r\n" },
        { "no version", "GET /livez\r\n\r\n" },
        { "no path", "GET HTTP/1.1\r\nHost: x\r\n\r\n" },
        { "two blanks in the request line", "GET  /livez HTTP/1.1\r\nHost: x\r\n\r\n" },
        { "a method with a blank", "GE T /livez HTTP/1.1\r\nHost: x\r\n\r\n" },
        { "a version with a sign", "GET /livez HTTP/+1.1\r\nHost: x\r\n\r\n" },
        { "bytes that are no text", "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n" },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    [MemberData(nameof(Codings))]
    [MemberData(nameof(Chunks))]
    [MemberData(nameof(Lines))]
    public Task Bytes_that_can_be_read_in_two_ways_are_refused_and_the_connection_ends(string kind, string request) =>
        RefusedAsync(kind, request, "400");

    [Fact]
    public Task What_nodes_say_to_each_other_is_not_understood_here() => RefusedAsync(
        "greeting",
        Encoding.Latin1.GetString(PeerBytes.Greeting(new PeerHello("test", new NodeId("n2"), new NodeId("n1"))))
            + "\r\n\r\n",
        "400");

    [Fact]
    public Task A_path_that_is_none_is_refused() =>
        RefusedAsync("path", "GET livez HTTP/1.1\r\nHost: x\r\n\r\n", "405");

    [Fact]
    public Task A_header_of_40_kilobytes_is_too_large() =>
        RefusedAsync("header", $"GET /livez HTTP/1.1\r\nHost: x\r\nA: {new string('a', 40_000)}\r\n\r\n", "431");

    [Fact]
    public Task More_than_a_hundred_headers_are_too_many() => RefusedAsync(
        "headers",
        $"GET /livez HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Range(0, 101).Select(i => $"A{i}: b\r\n"))}\r\n",
        "431");

    [Fact]
    public Task A_request_line_of_20_kilobytes_is_too_long() =>
        RefusedAsync("line", $"GET /{new string('a', 20_000)} HTTP/1.1\r\nHost: x\r\n\r\n", "414");

    [Theory]
    [InlineData("HTTP/0.9")]
    [InlineData("HTTP/1.2")]
    [InlineData("HTTP/2.0")]
    [InlineData("HTTP/3")]
    public Task Other_versions_are_not_spoken(string version) =>
        RefusedAsync(version, $"GET /livez {version}\r\nHost: x\r\n\r\n", "505", "400");

    [Fact]
    public async Task Good_requests_on_one_connection_are_all_answered()
    {
        using var socket = await ConnectAsync();
        var before = node.Node.AppliedIndex;
        await socket.GetStream().WriteAsync(Encoding.Latin1.GetBytes(
            Next + Chunked + "2;name=value\r\n{}\r\n0\r\n\r\n"
            + Next.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")));

        var answer = await ReadToEndAsync(socket);

        Assert.Equal(3, Count(answer, "HTTP/1.1 201 "));
        Assert.Equal(before + 3, node.Node.AppliedIndex);
    }

    private async Task RefusedAsync(string kind, string request, params string[] statuses)
    {
        var before = node.Node.AppliedIndex;
        using var socket = await ConnectAsync();
        await socket.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request + Next));

        var answer = await ReadToEndAsync(socket); // To the end: nothing more is read from this connection.

        Assert.True(
            statuses.Any(status => answer.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal)),
            $"{kind}: {answer}");
        Assert.Equal(1, Count(answer, "HTTP/1.1 "));
        (await node.Client.GetAsync("/v1/accounts")).Expect(200); // Behind all that was proposed before it.
        Assert.Equal(before, node.Node.AppliedIndex);
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(node.Client.Http.BaseAddress!.Host, node.Client.Http.BaseAddress.Port);
        return socket;
    }

    private static async Task<string> ReadToEndAsync(TcpClient socket)
    {
        var read = new MemoryStream();
        try
        {
            await socket.GetStream().CopyToAsync(read).WaitAsync(Limit);
        }
        catch (IOException)
        {
            // Reset: what had come is what counts.
        }

        return Encoding.Latin1.GetString(read.ToArray());
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
