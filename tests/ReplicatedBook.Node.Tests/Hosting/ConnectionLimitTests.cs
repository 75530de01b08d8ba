using System.Net;
using System.Net.Sockets;
using System.Text;
using ReplicatedBook.Node.Tests.Metrics;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Hosting;

/// <summary>Goal: who holds connections, or sends slowly, takes nothing from others. Method: real sockets from more
/// than one of the machine's own addresses.</summary>
public sealed class ConnectionLimitTests
{
    private static readonly byte[] Livez = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray();
    private static readonly byte[] Half = "GET /livez HTTP/1.1\r\nHo"u8.ToArray();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task An_address_has_so_many_connections_and_others_have_theirs()
    {
        await using var node = await TestNode.StartReadyAsync("--Limits:MaxConnectionsPerAddress=10");
        var sockets = new List<Socket>();
        for (var i = 0; i < 10; i++)
        {
            sockets.Add(await ConnectAsync(node, "127.0.0.2"));
            Assert.True(await IsAnsweredAsync(sockets[i]));
        }

        using var tooMany = await ConnectAsync(node, "127.0.0.2");
        using var other = await ConnectAsync(node, "127.0.0.3");

        Assert.False(await IsAnsweredAsync(tooMany));
        Assert.True(await IsAnsweredAsync(other));
        var scraped = ScrapedMetrics.Parse((await node.Client.GetAsync("/metrics")).Expect(200).Text);
        Assert.Equal(1, scraped.Of("""rb_rate_limited_total{policy="connections"}"""));
        sockets.ForEach(socket => socket.Dispose());
        while (true) // Until the node has seen that they are gone.
        {
            using var later = await ConnectAsync(node, "127.0.0.2");
            if (await IsAnsweredAsync(later))
            {
                return;
            }
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task Two_thousand_idle_connections_stop_no_order()
    {
        const int Idle = 2_000;
        await using var node = await TestNode.StartReadyAsync();
        var sockets = new List<Socket>();
        for (var i = 0; i < Idle; i++)
        {
            sockets.Add(await ConnectAsync(node, "127.0.0.1"));
            if (i % 2 == 0)
            {
                await sockets[i].SendAsync(Half, Cancellation);
            }
        }

        (await node.Client.PostAsync("/v1/accounts", "{}")).Expect(201);

        sockets.ForEach(socket => socket.Dispose());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_header_that_does_not_come_is_a_request_timeout()
    {
        await using var node = await TestNode.StartReadyAsync("--Limits:HeaderTimeout=00:00:00.500");
        using var socket = await ConnectAsync(node, "127.0.0.1");
        await socket.SendAsync(Half, Cancellation);

        using var reader = new StreamReader(new NetworkStream(socket));
        var answer = await reader.ReadToEndAsync(Cancellation);

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
    }

    private static async Task<Socket> ConnectAsync(TestNode node, string from)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        var address = node.Client.Http.BaseAddress!;
        await socket.ConnectAsync(IPAddress.Parse(address.Host), address.Port, Cancellation);
        return socket;
    }

    /// <summary>Whether a request is answered; else the connection has ended.</summary>
    private static async Task<bool> IsAnsweredAsync(Socket socket)
    {
        var answer = new byte[12];
        try
        {
            await socket.SendAsync(Livez, Cancellation);
            return await socket.ReceiveAsync(answer, Cancellation) > 0
                && Encoding.ASCII.GetString(answer).StartsWith("HTTP/1.1 200", StringComparison.Ordinal);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
