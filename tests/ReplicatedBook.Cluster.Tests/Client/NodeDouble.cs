using System.Net;
using System.Text;
using ReplicatedBook.Cluster.Tests.Processes;

namespace ReplicatedBook.Cluster.Tests.Client;

/// <summary>Stands in for a node: answers each request as told, and remembers what it was asked.</summary>
internal sealed class NodeDouble : IAsyncDisposable
{
    private readonly PortLease _lease = PortLease.Take();
    private readonly HttpListener _listener = new();
    private readonly Queue<Action<HttpListenerContext>> _answers = new();

    // Held while an answer is written: the client may have all of it, and the test be over, before the listener is.
    private readonly Lock _answering = new();
    private readonly Task _loop;

    public NodeDouble()
    {
        _listener.Prefixes.Add($"http://127.0.0.1:{_lease.Port}/");
        _listener.Start();
        _loop = Task.Run(ServeAsync);
    }

    public Uri Endpoint => new($"http://127.0.0.1:{_lease.Port}/");

    /// <summary>Idempotency keys of the requests, in order; "-" where there was none.</summary>
    public List<string> Keys { get; } = [];

    /// <summary>If-Match of the requests, in order; "-" where there was none.</summary>
    public List<string> Versions { get; } = [];

    /// <summary>Authorization of the requests, in order; "-" where there was none.</summary>
    public List<string> Bearers { get; } = [];

    /// <summary>Paths and queries of the requests, in order.</summary>
    public List<string> Paths { get; } = [];

    /// <summary>Bodies of the requests, in order.</summary>
    public List<string> Bodies { get; } = [];

    /// <summary>Adds an answer; the last one is given again and again.</summary>
    public NodeDouble Answer(int status, string body, params (string Name, string Value)[] headers)
    {
        _answers.Enqueue(context =>
        {
            context.Response.StatusCode = status;
            foreach (var (name, value) in headers)
            {
                context.Response.Headers[name] = value;
            }

            context.Response.Close(Encoding.UTF8.GetBytes(body), willBlock: true);
        });
        return this;
    }

    /// <summary>Adds a problem with the given outcome.</summary>
    public NodeDouble Problem(int status, string code, string outcome) => Answer(
        status,
        $$"""
        {"type":"urn:replicatedbook:error:{{code}}","title":"t","status":{{status}},"code":"{{code}}",
        "outcome":"{{outcome}}","retryable":true}
        """);

    /// <summary>Adds an end of the connection in the middle of an answer.</summary>
    public NodeDouble Break()
    {
        _answers.Enqueue(context =>
        {
            context.Response.ContentLength64 = 1000;
            context.Response.OutputStream.Write("{"u8);
            context.Response.OutputStream.Flush();
            context.Response.Abort();
        });
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        lock (_answering)
        {
            _listener.Close();
        }

        await _loop;
        _lease.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Keys.Add(context.Request.Headers["Idempotency-Key"] ?? "-");
            Versions.Add(context.Request.Headers["If-Match"] ?? "-");
            Bearers.Add(context.Request.Headers["Authorization"] ?? "-");
            Paths.Add(context.Request.RawUrl!);
            using var reader = new StreamReader(context.Request.InputStream);
            Bodies.Add(await reader.ReadToEndAsync());
            var answer = _answers.Count > 1 ? _answers.Dequeue() : _answers.Peek();
            lock (_answering)
            {
                answer(context);
            }
        }
    }
}
