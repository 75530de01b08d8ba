using System.IO.Pipelines;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Node.Api.Tcp;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Tcp;

/// <summary>A connection without a socket, to a real node: its way back holds so many bytes, and none more until they
/// are read.</summary>
internal sealed class LinePair : IDuplexPipe, IAsyncDisposable
{
    /// <summary>Bytes after which the connection's writers wait.</summary>
    public const int HeldBytes = 64 << 10;

    private readonly Pipe _in = new();
    private readonly Pipe _out = new(new PipeOptions(
        pauseWriterThreshold: HeldBytes, useSynchronizationContext: false));

    private readonly CancellationTokenSource _stopping = new();
    private readonly LineConnection _connection;

    /// <summary>Begins to be served.</summary>
    /// <param name="node">By whom.</param>
    /// <param name="time">The connection's own; null for the node's.</param>
    public LinePair(TestNode node, TimeProvider? time = null)
    {
        var services = node.Services.GetRequiredService<LineServices>();
        _connection = new LineConnection(this, null, time is null ? services : services with { Time = time });
        Served = _connection.RunAsync(_stopping.Token);
    }

    public PipeReader Input => _in.Reader;

    public PipeWriter Output => _out.Writer;

    /// <summary>Ends when the connection is served no more.</summary>
    public Task Served { get; }

    /// <summary>What the node sends.</summary>
    public PipeReader Replies => _out.Reader;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task SendAsync(string text) =>
        await _in.Writer.WriteAsync(Encoding.ASCII.GetBytes(text), Cancellation);

    /// <summary>The client sends nothing more.</summary>
    public void Finish() => _in.Writer.Complete();

    /// <summary>The next line.</summary>
    public async Task<string> ReadAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TestClient.Patience);
        while (true)
        {
            var read = await Replies.ReadAsync(patience.Token);
            var text = Encoding.ASCII.GetString(read.Buffer);
            var end = text.IndexOf('\n');
            if (end >= 0)
            {
                Replies.AdvanceTo(read.Buffer.GetPosition(end + 1));
                return text[..end];
            }

            Assert.False(read.IsCompleted, text);
            Replies.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Replies.CompleteAsync();
        await Served.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _connection.DisposeAsync();
        _stopping.Dispose();
    }
}
