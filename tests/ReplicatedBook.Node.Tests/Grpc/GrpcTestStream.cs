using System.Buffers;
using Google.Protobuf;
using ReplicatedBook.Node.Api.Grpc.Protocol;

namespace ReplicatedBook.Node.Tests.Grpc;

/// <summary>A call whose messages come and go one by one.</summary>
internal sealed class GrpcTestStream<TReply>(
    HttpResponseMessage response, Stream answers, DuplexContent? requests, MessageParser<TReply> parser)
    : IAsyncDisposable
    where TReply : class, IMessage<TReply>
{
    private byte[] _buffer = new byte[1 << 16];
    private int _filled;

    public IReadOnlyDictionary<string, string> Headers { get; } = GrpcTestClient.Texts(response.Headers);

    public Task SendAsync(params IMessage[] messages)
    {
        var frames = new ArrayBufferWriter<byte>();
        foreach (var message in messages)
        {
            Frames.Write(frames, message);
        }

        return requests!.WriteAsync(frames.WrittenMemory);
    }

    public Task SendBytesAsync(byte[] bytes) => requests!.WriteAsync(bytes);

    public void End() => requests!.End();

    /// <summary>The next message; null when there is none.</summary>
    public async Task<TReply?> NextAsync()
    {
        using var patience = new CancellationTokenSource(Running.TestClient.Patience);
        while (true)
        {
            var sequence = new ReadOnlySequence<byte>(_buffer, 0, _filled);
            if (Frames.TryTake(ref sequence, 1 << 24, out var message, out var fault))
            {
                var reply = parser.ParseFrom(message);
                sequence.ToArray().CopyTo(_buffer, 0);
                _filled = (int)sequence.Length;
                return reply;
            }

            Assert.Null(fault);
            if (_filled == _buffer.Length)
            {
                Array.Resize(ref _buffer, 2 * _buffer.Length);
            }

            var read = await answers.ReadAsync(_buffer.AsMemory(_filled), patience.Token);
            if (read == 0)
            {
                Assert.Equal(0, _filled);
                return null;
            }

            _filled += read;
        }
    }

    /// <summary>The next message, which must be there.</summary>
    public async Task<TReply> ReadAsync() => Assert.IsType<TReply>(await NextAsync());

    /// <summary>How the call ended, after its last message.</summary>
    public async Task<(GrpcCode Status, IReadOnlyDictionary<string, string> Trailers)> EndAsync()
    {
        Assert.Null(await NextAsync());
        var trailers = GrpcTestClient.Texts(response.TrailingHeaders);
        return ((GrpcCode)int.Parse(trailers["grpc-status"]), trailers);
    }

    public ValueTask DisposeAsync()
    {
        requests?.End();
        response.Dispose();
        return answers.DisposeAsync();
    }
}
