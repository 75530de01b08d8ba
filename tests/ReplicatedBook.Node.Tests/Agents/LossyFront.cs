using System.Net;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Agents;

/// <summary>Stands before a node and loses orders that are placed through it: before the node has them, or after it has
/// answered. All else is passed on.</summary>
internal sealed class LossyFront : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _node;
    private readonly Task _loop;
    private volatile Loss[] _losses = [];

    public LossyFront(Uri node)
    {
        Address = new Uri($"http://127.0.0.1:{TestNode.FreePort()}/");
        _node = new HttpClient { BaseAddress = node };
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _loop = Task.Run(ServeAsync);
    }

    /// <summary>Where a request is lost.</summary>
    internal enum Loss
    {
        OfRequest,
        OfAnswer,
    }

    public Uri Address { get; }

    /// <summary>Loses the next orders that are placed, each as said.</summary>
    public void Lose(params Loss[] losses) => _losses = losses;

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _loop;
        _node.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                await ServeOneAsync(await _listener.GetContextAsync());
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeOneAsync(HttpListenerContext context)
    {
        Loss? loss = null;
        if (context.Request is { HttpMethod: "POST", Url.AbsolutePath: "/v1/orders" } && _losses is [var next, ..])
        {
            (loss, _losses) = (next, _losses[1..]);
        }

        context.Response.KeepAlive = false;
        if (loss == Loss.OfRequest)
        {
            Break(context.Response);
            return;
        }

        using var request = new HttpRequestMessage(new HttpMethod(context.Request.HttpMethod), context.Request.RawUrl);
        if (context.Request.HasEntityBody)
        {
            var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            request.Content = TestClient.Bytes(body.ToArray(), context.Request.ContentType);
        }

        if (context.Request.Headers["Idempotency-Key"] is { } key)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var answer = await _node.SendAsync(request);
        var content = await answer.Content.ReadAsByteArrayAsync();
        if (loss == Loss.OfAnswer)
        {
            Break(context.Response);
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.Close(content, willBlock: true);
    }

    /// <summary>Ends the connection in the middle of an answer.</summary>
    private static void Break(HttpListenerResponse response)
    {
        response.ContentLength64 = 1000;
        response.OutputStream.Write("{"u8);
        response.OutputStream.Flush();
        response.Abort();
    }
}
