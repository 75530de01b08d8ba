using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Node.Api.Tcp;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Tcp;

/// <summary>A client of the line protocol, as a program with a socket would be.</summary>
internal sealed class LineClient : IDisposable
{
    private readonly TcpClient _socket;
    private readonly StreamReader _reader;

    private LineClient(TcpClient socket, Stream stream)
    {
        _socket = socket;
        Stream = stream;
        _reader = new StreamReader(stream, Encoding.ASCII);
    }

    /// <summary>The bytes themselves.</summary>
    public Stream Stream { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The port of a node that takes lines.</summary>
    public static int PortOf(TestNode node) => PortOf(node.Services);

    /// <summary>Connects.</summary>
    /// <param name="node">Whereto.</param>
    /// <param name="wrap">Encrypts the connection; none for a plain one.</param>
    public static Task<LineClient> ConnectAsync(TestNode node, Func<Stream, Task<Stream>>? wrap = null) =>
        ConnectAsync(node.Services, wrap);

    /// <summary>Connects to a node by what it is made of.</summary>
    public static async Task<LineClient> ConnectAsync(
        IServiceProvider node, Func<Stream, Task<Stream>>? wrap = null)
    {
        var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, PortOf(node), Cancellation);
        Stream stream = socket.GetStream();
        return new LineClient(socket, wrap is null ? stream : await wrap(stream));
    }

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendAsync(string text) => await Stream.WriteAsync(Encoding.Latin1.GetBytes(text), Cancellation);

    /// <summary>Says that nothing more comes.</summary>
    public void Finish() => _socket.Client.Shutdown(SocketShutdown.Send);

    /// <summary>The next line; null at the end.</summary>
    public async Task<string?> ReadAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TestClient.Patience);
        return await _reader.ReadLineAsync(patience.Token);
    }

    /// <summary>So many lines.</summary>
    public async Task<string[]> ReadAsync(int lines)
    {
        var read = new string[lines];
        for (var i = 0; i < lines; i++)
        {
            read[i] = await ReadAsync() ?? "(end)";
        }

        return read;
    }

    /// <summary>Sends a line and takes the next one.</summary>
    public async Task<string?> AskAsync(string line)
    {
        await SendAsync(line + "\n");
        return await ReadAsync();
    }

    /// <summary>All that comes until the node ends the connection.</summary>
    public async Task<List<string>> RestAsync()
    {
        var lines = new List<string>();
        while (await ReadAsync() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    public void Dispose()
    {
        _reader.Dispose();
        Stream.Dispose();
        _socket.Dispose();
    }

    private static int PortOf(IServiceProvider node) => node.GetRequiredService<LineEndpoint>().Port!.Value;
}
