using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Node.Metrics;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Replication;
using Xunit;

namespace ReplicatedBook.Node.Tests.Peers;

/// <summary>Goal: a call is never taken for not sent when it may have been carried out. Method: a peer played by the
/// test.</summary>
public sealed class PeerLinkTests : IAsyncDisposable
{
    private static readonly NodeId Self = new("n1");
    private static readonly NodeId Peer = new("n2");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly NodeMeter _meter = new();
    private readonly PeerTransport _transport;
    private readonly ConcurrentBag<RaftMessage> _received = [];
    private readonly ConcurrentBag<NodeId> _lost = [];

    public PeerLinkTests()
    {
        _listener.Start();
        var port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        var refusals = new PeerRefusals(_meter, TimeProvider.System, NullLogger<PeerRefusals>.Instance);
        _transport = new PeerTransport(
            "test", Self, [new PeerAddress(Peer, "127.0.0.1", port)],
            new PeerSecurity(null, new PeerIdentity("test", Self), refusals), NullLogger<PeerTransport>.Instance);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_connection_a_call_is_surely_not_sent()
    {
        var answer = await _transport.CallAsync(Peer, PeerCallKind.Status, new byte[] { 1 }, Cancellation);

        Assert.Equal(PeerDelivery.NotSent, answer.Delivery);
    }

    [Fact]
    public async Task A_call_to_a_stranger_is_surely_not_sent()
    {
        var answer = await _transport.CallAsync(new NodeId("n9"), PeerCallKind.Status, default, Cancellation);

        Assert.Equal(PeerDelivery.NotSent, answer.Delivery);
    }

    [Fact]
    public async Task An_answer_reaches_the_call_that_it_names()
    {
        using var peer = await ConnectAsync();
        var first = CallAsync(7);
        var (firstNumber, firstBody) = await ReadCallAsync(peer);
        var second = CallAsync(8);
        var (secondNumber, _) = await ReadCallAsync(peer);

        await AnswerAsync(peer, secondNumber, PeerAnswerStatus.Done, 80);
        await AnswerAsync(peer, firstNumber, PeerAnswerStatus.Done, 70);

        Assert.Equal(7, firstBody);
        Assert.Equal(70, (await first).Body.Span[0]);
        Assert.Equal(80, (await second).Body.Span[0]);
    }

    [Fact]
    public async Task A_refused_call_is_surely_not_carried_out()
    {
        using var peer = await ConnectAsync();
        var call = CallAsync(7);
        var (number, _) = await ReadCallAsync(peer);

        await AnswerAsync(peer, number, PeerAnswerStatus.Refused, 0);

        Assert.Equal(PeerDelivery.NotSent, (await call).Delivery);
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_call_left_leaves_it_open_whether_it_was_carried_out()
    {
        var peer = await ConnectAsync();
        var call = CallAsync(7);
        await ReadCallAsync(peer);

        peer.Dispose();

        Assert.Equal(PeerDelivery.Lost, (await call).Delivery);
    }

    [Fact]
    public async Task A_broken_connection_is_made_again()
    {
        var peer = await ConnectAsync();
        peer.Dispose();

        using var again = await AcceptAsync();
        var call = await RetryUntilSentAsync(again);

        Assert.Equal(PeerDelivery.Answered, call.Delivery);
        Assert.Contains(Peer, _lost); // Told, because this peer may have been the leader.
    }

    [Fact]
    public async Task A_peer_that_has_no_link_back_may_answer_over_this_one()
    {
        using var peer = await ConnectAsync();
        var buffer = new ArrayBufferWriter<byte>();
        var start = PeerFrame.Begin(buffer, PeerFrameType.Message);
        PeerMessageCodec.Write(buffer, new TimeoutNow(Peer, Self, 3));
        PeerFrame.End(buffer, start);
        await peer.WriteAsync(buffer.WrittenMemory, Cancellation);

        await UntilAsync(() => _received.Contains(new TimeoutNow(Peer, Self, 3)));
    }

    [Fact]
    public async Task Links_follow_the_members()
    {
        using var peer = await ConnectAsync();
        using var second = new TcpListener(IPAddress.Loopback, 0);
        second.Start();
        var port = ((IPEndPoint)second.LocalEndpoint).Port;
        var third = new Member(new NodeId("n3"), IsVoter: false, $"peer=127.0.0.1:{port};api=http://a:1");
        var members = new List<Member> { new(Self, true, ""), new(Peer, true, ""), third };

        _transport.SetMembers(members);
        using var added = new NetworkStream(await second.AcceptSocketAsync(Cancellation), ownsSocket: true);
        var (_, hello) = await ReadFrameAsync(added);
        Assert.Equal(new PeerHello("test", Self, third.Id), PeerHello.Read(hello.Span));

        _transport.SetMembers(members[..2]);
        var rest = new byte[1024]; // Its introduction, perhaps, and then the end.
        while (await added.ReadAsync(rest, Cancellation) > 0)
        {
        }

        var call = CallAsync(7); // The link to the member that stays is the same as before.
        var (number, _) = await ReadCallAsync(peer);
        await AnswerAsync(peer, number, PeerAnswerStatus.Done, 70);
        Assert.Equal(PeerDelivery.Answered, (await call).Delivery);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!holds())
        {
            await timer.WaitForNextTickAsync(Cancellation);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_peer_is_sent_what_its_build_reads_and_nothing_else(bool isOfThisBuild)
    {
        _transport.Start(new PeerEvents(_received.Add, _lost.Add));
        using var peer = await AcceptAsync();
        var (number, kind, body) = await ReadAnyCallAsync(peer);
        Assert.Equal(
            (PeerCallKind.Introduce, PeerIntroduction.Own), (kind, PeerIntroduction.Read(body.Span)));
        var report = new AgreementReport(Self, Peer, 1, 0, default, 0, default, 2);
        _transport.Send(report); // Before it is known what the peer reads.
        await AnswerAsync(
            peer, number, PeerAnswerStatus.Done, isOfThisBuild ? PeerIntroduction.Own.ToBytes().ToArray() : []);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        for (var sent = 0; sent < (isOfThisBuild ? int.MaxValue : 20); sent++)
        {
            _transport.Send(report);
            _transport.Send(new TimeoutNow(Self, Peer, 2));
            var (type, content) = await ReadFrameAsync(peer);
            Assert.Equal(PeerFrameType.Message, type);
            if (PeerMessageCodec.Read(content) is AgreementReport)
            {
                Assert.True(isOfThisBuild);
                return;
            }

            await timer.WaitForNextTickAsync(Cancellation);
        }

        Assert.False(isOfThisBuild);
    }

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        _listener.Dispose();
        _meter.Dispose();
    }

    private async Task<PeerAnswer> RetryUntilSentAsync(NetworkStream peer)
    {
        _ = Task.Run(
            async () =>
            {
                var (number, _) = await ReadCallAsync(peer);
                await AnswerAsync(peer, number, PeerAnswerStatus.Done, 1);
            },
            Cancellation);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (true)
        {
            var answer = await CallAsync(1);
            if (answer.Delivery != PeerDelivery.NotSent)
            {
                return answer;
            }

            await timer.WaitForNextTickAsync(Cancellation); // Accepted here, but the link may not have noticed yet.
        }
    }

    private Task<PeerAnswer> CallAsync(byte body) =>
        _transport.CallAsync(Peer, PeerCallKind.Submit, new[] { body }, Cancellation).AsTask();

    /// <summary>Starts the link and waits until it takes calls.</summary>
    private async Task<NetworkStream> ConnectAsync()
    {
        _transport.Start(new PeerEvents(_received.Add, _lost.Add));
        var peer = await AcceptAsync();
        await RetryUntilSentAsync(peer);
        return peer;
    }

    private async Task<NetworkStream> AcceptAsync()
    {
        var stream = new NetworkStream(await _listener.AcceptSocketAsync(Cancellation), ownsSocket: true);
        var (type, content) = await ReadFrameAsync(stream);
        Assert.Equal(PeerFrameType.Hello, type);
        Assert.Equal(new PeerHello("test", Self, Peer), PeerHello.Read(content.Span));
        return stream;
    }

    /// <summary>The next call but for the introduction, which these peers leave open as a busy one would.</summary>
    private static async Task<(ulong Number, byte Body)> ReadCallAsync(NetworkStream stream)
    {
        while (true)
        {
            var (number, kind, body) = await ReadAnyCallAsync(stream);
            if (kind != PeerCallKind.Introduce)
            {
                return (number, body.Span[0]);
            }
        }
    }

    private static async Task<(ulong Number, PeerCallKind Kind, ReadOnlyMemory<byte> Body)> ReadAnyCallAsync(
        NetworkStream stream)
    {
        var (type, content) = await ReadFrameAsync(stream);
        Assert.Equal(PeerFrameType.Call, type);
        return (
            BinaryPrimitives.ReadUInt64LittleEndian(content.Span), (PeerCallKind)content.Span[8], content[9..]);
    }

    private static async Task<(PeerFrameType Type, ReadOnlyMemory<byte> Content)> ReadFrameAsync(NetworkStream stream)
    {
        var header = new byte[PeerFrame.HeaderBytes];
        await stream.ReadExactlyAsync(header, Cancellation);
        var frame = new byte[PeerFrame.HeaderBytes + BinaryPrimitives.ReadInt32LittleEndian(header)];
        header.CopyTo(frame, 0);
        await stream.ReadExactlyAsync(frame.AsMemory(PeerFrame.HeaderBytes), Cancellation);
        var buffer = new ReadOnlySequence<byte>(frame);
        Assert.True(PeerFrame.TryRead(ref buffer, new ByteArena(), out var type, out var content));
        return (type, content);
    }

    private static async Task AnswerAsync(NetworkStream stream, ulong number, byte status, params byte[] body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var start = PeerFrame.Begin(buffer, PeerFrameType.Answer);
        BinaryPrimitives.WriteUInt64LittleEndian(buffer.GetSpan(8), number);
        buffer.Advance(8);
        buffer.Write([status, .. body]);
        PeerFrame.End(buffer, start);
        await stream.WriteAsync(buffer.WrittenMemory, Cancellation);
    }
}
