using System.Net;
using System.Net.Sockets;
using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Contracts.Http;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Client;

/// <summary>Goal: what may have reached a node is never called not executed. Method: a node that takes a request over a
/// connection in use and dies without a word, so that nobody listens any more.</summary>
public sealed class LostConnectionTests
{
    private static readonly byte[] Empty = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray();

    [Fact]
    public async Task A_cancel_that_was_sent_before_the_node_died_is_unknown() =>
        Assert.Equal(OutcomeKind.Unknown, (await DieAsync(client => client.CancelOrderAsync(
            OrderName.ById("1")))).Kind);

    [Fact]
    public async Task A_mass_cancel_that_was_sent_before_the_node_died_is_unknown() =>
        Assert.Equal(OutcomeKind.Unknown, (await DieAsync(client => client.CancelOrdersAsync(
            null, null, null))).Kind);

    [Fact]
    public async Task A_deposit_that_was_sent_before_the_node_died_is_unknown() =>
        Assert.Equal(OutcomeKind.Unknown, (await DieAsync(client => client.DepositAsync(
            "a1", new FundsRequest { Asset = "USD", Amount = "1" }))).Kind);

    /// <summary>A listener whose queue is full lets further connections wait for ever.</summary>
    [Fact]
    public async Task A_write_for_which_there_was_no_connection_in_time_is_not_executed()
    {
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        using var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(full.LocalEndPoint!, TestContext.Current.CancellationToken);
        var options = new ClientOptions { MaxAttempts = 1, ConnectTimeout = TimeSpan.FromMilliseconds(200) };
        using var client = new ReplicatedBookClient([new Uri($"http://{full.LocalEndPoint}/")], options);

        var outcome = await client.CreateAccountAsync(
            new CreateAccountRequest(), cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(OutcomeKind.NotExecuted, outcome.Kind);
        Assert.Contains("did not take a connection in time", outcome.Describe(), StringComparison.Ordinal);
    }

    private static async Task<T> DieAsync<T>(Func<ReplicatedBookClient, Task<T>> write)
    {
        using var node = new TcpListener(IPAddress.Loopback, 0);
        node.Start();
        var endpoint = new Uri($"http://{node.LocalEndpoint}/");
        using var client = new ReplicatedBookClient([endpoint], new ClientOptions { MaxAttempts = 1 });

        // A first answer, so that the connection is one that was used before.
        var reading = client.GetNodeAsync(TestContext.Current.CancellationToken);
        using var connection = await node.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await ReceiveAsync(connection);
        await connection.SendAsync(Empty);
        await reading;

        var outcome = write(client);
        await ReceiveAsync(connection);
        node.Stop();
        connection.Close();
        return await outcome;
    }

    private static async Task ReceiveAsync(Socket connection) =>
        Assert.NotEqual(0, await connection.ReceiveAsync(new byte[4096], TestContext.Current.CancellationToken));
}
