using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Benchmarks.Logins;

/// <summary>Many logins at once, wave after wave, each with another name that nobody has, from many addresses of this
/// machine: neither the limit of a name nor that of an address is met, so all of them get as far as hashing.</summary>
internal sealed class LoginStorm : IDisposable
{
    private const int Addresses = 125;

    private readonly HttpClient[] _clients;
    private readonly int _parallel;
    private int _names;

    /// <param name="node">Where to.</param>
    /// <param name="parallel">Logins of one wave.</param>
    public LoginStorm(Uri node, int parallel)
    {
        _parallel = parallel;
        _clients =
            [.. Enumerable.Range(1, Addresses).Select(k => NewClient(node, new IPAddress([127, 0, 1, (byte)k])))];
    }

    /// <summary>How many logins were answered how so far.</summary>
    public ConcurrentDictionary<HttpStatusCode, int> Answers { get; } = new();

    /// <summary>Sends waves, each when the one before is answered.</summary>
    /// <param name="isOver">After which no more are sent, and those under way are given up.</param>
    public async Task RunAsync(CancellationToken isOver)
    {
        try
        {
            while (true)
            {
                await Task.WhenAll(Enumerable.Range(0, _parallel).Select(i => LoginAsync(i, isOver)));
            }
        }
        catch (OperationCanceledException) when (isOver.IsCancellationRequested)
        {
            // It is over.
        }
    }

    public void Dispose() => Array.ForEach(_clients, client => client.Dispose());

    private async Task LoginAsync(int place, CancellationToken isOver)
    {
        using var answer = await _clients[place % Addresses].PostAsJsonAsync(
            "v1/auth/login",
            new CredentialsRequest
            {
                Username = $"stranger-{Interlocked.Increment(ref _names)}",
                Password = "not the right password",
            },
            RequestJson.Default.CredentialsRequest, isOver);
        Answers.AddOrUpdate(answer.StatusCode, 1, static (_, count) => count + 1);
    }

    private static HttpClient NewClient(Uri node, IPAddress from) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = node,
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
