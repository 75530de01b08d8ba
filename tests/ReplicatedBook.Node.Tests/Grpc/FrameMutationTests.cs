using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ReplicatedBook.Contracts.Grpc;
using ReplicatedBook.Node.Api.Grpc.Protocol;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Grpc;

/// <summary>Goal: no bytes crash a node, fill its log of faults, or go without a stated error. Method: frames damaged
/// in one place or several, from a seed; most at the parser itself, some thousands over sockets.</summary>
public sealed class FrameMutationTests
{
    private const int AtTheParser = 100_000;
    private const int AsCalls = 3_000;
    private const int AsBytes = 1_000;
    private const int Seed = 20261122;
    private const int MaxBytes = 1 << 16;

    [Fact]
    public void A_hundred_thousand_damaged_frames_give_messages_or_stated_errors()
    {
        var draws = new Random(Seed);
        var (whole, faults, waiting) = (0, 0, 0);
        for (var i = 0; i < AtTheParser; i++)
        {
            var bytes = Damaged(draws);
            var buffer = draws.Next(2) == 0 ? new ReadOnlySequence<byte>(bytes) : Pieces.Of(bytes, draws);
            GrpcStatus? fault;
            while (Frames.TryTake(ref buffer, MaxBytes, out var message, out fault))
            {
                Assert.True(message.Length <= MaxBytes);
                var parsed = Frames.Parse(SessionRequest.Parser, message);
                if (parsed.Refusal is { } refusal)
                {
                    Assert.Equal((GrpcCode.InvalidArgument, "malformed_request"), (refusal.Code, refusal.ProblemCode));
                }

                whole++;
            }

            faults += fault is null ? 0 : 1;
            waiting += fault is null && !buffer.IsEmpty ? 1 : 0;
        }

        Assert.All([whole, faults, waiting], count => Assert.InRange(count, AtTheParser / 100, AtTheParser * 4));
    }

    [Fact]
    public async Task Damaged_calls_and_connections_leave_a_node_as_it_was()
    {
        var log = new FaultLog();
        var port = TestNode.FreePort();
        await using var node = await TestNode.StartAsync(
            [$"--Grpc:Port={port}", "--Logging:LogLevel:Default=Warning"],
            more: services => services.AddSingleton<ILoggerProvider>(log));
        await node.Client.WaitUntilReadyAsync();
        using var client = new GrpcTestClient(new Uri($"http://127.0.0.1:{port}"));
        var methods = node.Services.GetRequiredService<GrpcMethods>().All
            .Where(method => !method.Descriptor.IsServerStreaming).ToArray();
        var draws = new Random(Seed);
        for (var i = 0; i < AsCalls; i++)
        {
            var method = methods[draws.Next(methods.Length)];
            var reply = await client.CallBytesAsync(method.Path, Damaged(draws), Empty.Parser);
            Assert.True(reply.Status != GrpcCode.Internal, $"seed {Seed}, call {i} of {method.Path}: {reply.Trailers}");
            Assert.True(reply.Status == GrpcCode.Ok || reply.Trailers.ContainsKey("rb-code"));
        }

        for (var i = 0; i < AsBytes; i++)
        {
            await SendAsync(port, Connection(draws));
        }

        (await client.CallAsync(
            "/replicatedbook.v1.MarketData/ListInstruments", new ListRequest(), InstrumentList.Parser))
            .Ok();
        Assert.Empty(log.Faults);
    }

    /// <summary>Frames of a request, most of them damaged.</summary>
    private static byte[] Damaged(Random draws)
    {
        var frames = new ArrayBufferWriter<byte>();
        for (var count = draws.Next(1, 4); count > 0; count--)
        {
            Frames.Write(frames, Request(draws));
        }

        var bytes = frames.WrittenSpan.ToArray();
        for (var times = draws.Next(4); times > 0; times--)
        {
            switch (draws.Next(4))
            {
                case 0:
                    bytes = bytes[..draws.Next(bytes.Length + 1)];
                    break;
                case 1 when bytes.Length > 0:
                    bytes[draws.Next(bytes.Length)] = (byte)draws.Next(256);
                    break;
                case 2 when bytes.Length > 5:
                    bytes[draws.Next(5)] ^= (byte)(1 << draws.Next(8));
                    break;
                default:
                    bytes = [.. bytes, .. new byte[draws.Next(9)].Select(_ => (byte)draws.Next(256))];
                    break;
            }
        }

        return bytes;
    }

    private static SessionRequest Request(Random draws) => draws.Next(4) switch
    {
        0 => new SessionRequest
        {
            Tag = (ulong)draws.NextInt64(),
            Place = GrpcFixture.Limit("a1", Side.Buy, 1, 1, "c"),
        },
        1 => new SessionRequest { Cancel = new CancelOrderRequest { OrderId = (ulong)draws.Next() } },
        2 => new SessionRequest
        {
            Batch = new PlaceBatchRequest { Orders = { GrpcFixture.Limit("a1", Side.Sell, -1, 0) } },
        },
        _ => new SessionRequest { Ping = new Ping() },
    };

    /// <summary>The beginning of a connection of HTTP/2, damaged behind its preface or in it.</summary>
    private static byte[] Connection(Random draws)
    {
        byte[] bytes =
        [
            .. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8,
            0, 0, 0, 4, 0, 0, 0, 0, 0, // SETTINGS
            0, 0, 2, 1, 4, 0, 0, 0, 1, 0x83, 0x86, // HEADERS
            0, 0, 5, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, // DATA
        ];
        for (var times = draws.Next(1, 4); times > 0; times--)
        {
            bytes[draws.Next(bytes.Length)] = (byte)draws.Next(256);
        }

        return bytes[..draws.Next(1, bytes.Length + 1)];
    }

    private static async Task SendAsync(int port, byte[] bytes)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await socket.SendAsync(bytes);
        socket.Shutdown(SocketShutdown.Send);
        var answer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(answer) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // The node may reset what it does not understand.
        }
    }

    /// <summary>Bytes in pieces, as they come from a socket.</summary>
    private sealed class Pieces : ReadOnlySequenceSegment<byte>
    {
        private Pieces(ReadOnlyMemory<byte> memory, long before) => (Memory, RunningIndex) = (memory, before);

        public static ReadOnlySequence<byte> Of(byte[] bytes, Random draws)
        {
            var cut = draws.Next(bytes.Length + 1);
            var first = new Pieces(bytes.AsMemory(0, cut), 0);
            var second = new Pieces(bytes.AsMemory(cut), cut);
            first.Next = second;
            return new ReadOnlySequence<byte>(first, 0, second, bytes.Length - cut);
        }
    }

    /// <summary>Keeps what a node logs as a fault.</summary>
    private sealed class FaultLog : ILoggerProvider, ILogger
    {
        private readonly List<string> _faults = [];

        public IReadOnlyList<string> Faults
        {
            get
            {
                lock (_faults)
                {
                    return [.. _faults];
                }
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                lock (_faults)
                {
                    _faults.Add($"{eventId}: {formatter(state, exception)} {exception}");
                }
            }
        }

        public void Dispose()
        {
        }
    }
}
