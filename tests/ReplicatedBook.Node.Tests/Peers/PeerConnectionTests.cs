using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Replication;
using Xunit;

namespace ReplicatedBook.Node.Tests.Peers;

/// <summary>Goal: only nodes of this cluster reach consensus. Method: strangers at a node's peer port.</summary>
public sealed class PeerConnectionTests : IAsyncLifetime
{
    private const long FarTerm = 1_000_000;
    private static readonly NodeId One = new("n1");
    private static readonly NodeId Two = new("n2");
    private static readonly NodeId Stranger = new("n9");

    private readonly TestMember[] _members =
    [
        new("n1", TestNode.FreePort(), TestNode.FreePort()),
        new("n2", TestNode.FreePort(), TestNode.FreePort()),
    ];

    private TestNode? _node;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _node = await TestNode.StartAsync(id: "n1", members: _members);

    public ValueTask DisposeAsync() => _node!.DisposeAsync();

    [Fact]
    public async Task A_caller_of_another_cluster_is_turned_away() =>
        await AssertClosedAsync(PeerBytes.Greeting(new PeerHello("other", Two, One)));

    [Fact]
    public async Task A_caller_without_a_proper_name_is_turned_away() =>
        await AssertClosedAsync(PeerBytes.Greeting(new PeerHello("test", new NodeId("n 9"), One)));

    [Fact] // It may be a leader that was added while this node was away.
    public async Task A_caller_that_is_not_known_yet_is_heard_and_answered_over_its_own_connection()
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _members[0].PeerPort, Cancellation);
        var stream = client.GetStream();
        await stream.WriteAsync(AskAsStranger(), Cancellation);

        AppendEntriesReply? reply = null;
        while (reply is null) // A new node also asks how far its leader's log reaches.
        {
            reply = await PeerBytes.ReadMessageAsync(stream, Cancellation) as AppendEntriesReply;
        }

        Assert.Equal((One, Stranger, 7L, false), (reply.From, reply.To, reply.Term, reply.IsSuccess));
    }

    [Fact]
    public async Task A_caller_that_means_another_node_is_turned_away() =>
        await AssertClosedAsync(PeerBytes.Greeting(new PeerHello("test", Two, new NodeId("n3"))));

    [Fact] // Else strangers could take all connections by saying nothing.
    public async Task A_caller_that_does_not_greet_in_time_is_turned_away() => await AssertClosedAsync([]);

    [Fact]
    public async Task A_caller_that_greets_by_half_is_turned_away() =>
        await AssertClosedAsync(PeerBytes.Greeting(new PeerHello("test", Two, One))[..^1]);

    [Fact]
    public async Task A_message_before_the_greeting_is_turned_away() =>
        await AssertClosedAsync(PeerBytes.Vote(Two, One, FarTerm));

    [Fact]
    public async Task A_message_in_another_members_name_ends_the_connection() =>
        await AssertClosedAsync(
            [.. PeerBytes.Greeting(new PeerHello("test", Two, One)), .. PeerBytes.Vote(One, One, FarTerm)]);

    [Fact]
    public async Task Bytes_that_are_no_frames_end_the_connection() =>
        await AssertClosedAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());

    [Theory] // A node that was removed, however good its certificate, or one that was never added.
    [InlineData("n9", PeerCallKind.Submit, PeerAnswerStatus.Refused)]
    [InlineData("n9", PeerCallKind.Status, PeerAnswerStatus.Refused)]
    [InlineData("n9", PeerCallKind.ChangeMembership, PeerAnswerStatus.Refused)]
    [InlineData("n9", PeerCallKind.Introduce, PeerAnswerStatus.Done)]
    [InlineData("n2", PeerCallKind.Status, PeerAnswerStatus.Done)]
    public async Task Calls_are_carried_out_for_members_alone(string caller, PeerCallKind kind, int status)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _members[0].PeerPort, Cancellation);
        var stream = client.GetStream();
        await stream.WriteAsync(
            (byte[])[.. PeerBytes.Greeting(new PeerHello("test", new NodeId(caller), One)), .. PeerBytes.Call(1, kind)],
            Cancellation);

        Assert.Equal(status, await PeerBytes.ReadAnswerAsync(stream, 1, Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task More_connections_than_any_cluster_needs_are_not_taken_and_room_is_there_again_afterwards()
    {
        const int Most = 128;
        var clients = new List<TcpClient>();
        for (var i = 0; i <= Most; i++)
        {
            var client = new TcpClient();
            clients.Add(client);
            await client.ConnectAsync("127.0.0.1", _members[0].PeerPort, Cancellation);
            await client.GetStream().WriteAsync(
                PeerBytes.Greeting(new PeerHello("test", new NodeId($"n{i + 2}"), One)), Cancellation);
        }

        Assert.True(await IsClosedAsync(clients[Most].GetStream()));
        clients.ForEach(client => client.Dispose());
        while (true) // Until those have ended.
        {
            using var late = new TcpClient();
            await late.ConnectAsync("127.0.0.1", _members[0].PeerPort, Cancellation);
            await late.GetStream().WriteAsync(AskAsStranger(), Cancellation);
            if (!await IsClosedAsync(late.GetStream()))
            {
                return;
            }
        }
    }

    [Fact(Timeout = 60_000)] // Else they would add up until no other is taken.
    public async Task Connections_whose_peer_is_gone_without_a_word_are_found()
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _members[0].PeerPort, Cancellation);
        var stream = client.GetStream();
        await stream.WriteAsync(AskAsStranger(), Cancellation);
        await stream.ReadExactlyAsync(new byte[1], Cancellation);

        // The node's side: local and remote port in hexadecimal digits, and as its timer 02, that of keepalive.
        var remote = ((IPEndPoint)client.Client.LocalEndPoint!).Port;
        var ports = $":{_members[0].PeerPort:X4} [0-9A-F]+:{remote:X4} 01 [0-9A-F:]+ 02:";
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!Regex.IsMatch(await File.ReadAllTextAsync("/proc/net/tcp", Cancellation), ports))
        {
            await timer.WaitForNextTickAsync(Cancellation); // As long as something is unacknowledged it is another.
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_node_that_stops_ends_its_connections()
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _members[0].PeerPort, Cancellation);
        await client.GetStream().WriteAsync(AskAsStranger(), Cancellation);
        await client.GetStream().ReadExactlyAsync(new byte[1], Cancellation); // It is being read.

        await _node!.StopAsync();

        while (!await IsClosedAsync(client.GetStream()))
        {
        }
    }

    /// <summary>A greeting and a message of a node that gets its answer over the same connection.</summary>
    private static byte[] AskAsStranger() =>
    [
        .. PeerBytes.Greeting(new PeerHello("test", Stranger, One)),
        .. PeerBytes.Frame(new AppendEntries(Stranger, One, 7, 3, 2, [], 0, 0, 0)),
    ];

    /// <summary>Whether the node has ended it; otherwise something came.</summary>
    private static async Task<bool> IsClosedAsync(NetworkStream stream)
    {
        try
        {
            return await stream.ReadAsync(new byte[1], Cancellation) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>The node hangs up, and has learnt nothing.</summary>
    private async Task AssertClosedAsync(byte[] bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _members[0].PeerPort, Cancellation);
        var stream = client.GetStream();
        await stream.WriteAsync(bytes, Cancellation);
        Assert.True(await IsClosedAsync(stream)); // Or reset: turned away all the same.

        Assert.True(_node!.Services.GetRequiredService<IReplicatedLog>().Status.Term < FarTerm);
    }
}
