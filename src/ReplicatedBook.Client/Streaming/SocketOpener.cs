using System.Diagnostics;
using System.Net;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Client.Sending;

namespace ReplicatedBook.Client.Streaming;

/// <summary>Opens a connection to whichever endpoint takes one. Safe from any thread.</summary>
internal sealed class SocketOpener(
    HttpMessageInvoker http, EndpointRing ring, RetryingSender sender, ClientOptions options)
{
    /// <summary>Opens a connection; a credential that holds no longer is renewed once.</summary>
    /// <exception cref="OutcomeException">No node took one before the deadline, or the credential is
    /// refused.</exception>
    public async Task<SocketLink> OpenAsync(CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var endpoint = ring.Favourite;
        var isRenewed = false;
        for (var attempts = 1; ; attempts++)
        {
            var bearer = options.Credentials?.Bearer;
            var (link, status) = await TryOpenAsync(endpoint, bearer, cancellation).ConfigureAwait(false);
            if (link is not null)
            {
                return link;
            }

            if (status == HttpStatusCode.Unauthorized)
            {
                if (isRenewed || !await sender.RenewAsync(bearer, endpoint, cancellation).ConfigureAwait(false))
                {
                    throw new OutcomeException(
                        OutcomeKind.Rejected, null, $"{endpoint.Authority} does not take the credential");
                }

                isRenewed = true;
                continue;
            }

            endpoint = ring.MoveFrom(endpoint);
            var pause = sender.Pause(attempts, TimeSpan.Zero);
            if (attempts >= options.MaxAttempts || Stopwatch.GetElapsedTime(started) + pause >= options.Deadline)
            {
                throw new OutcomeException(OutcomeKind.NotExecuted, null, "no node takes a connection");
            }

            await Task.Delay(pause, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>A node was lost: the next connection begins with another.</summary>
    public void Leave(Uri endpoint) => ring.MoveFrom(endpoint);

    private async Task<(SocketLink? Link, HttpStatusCode Status)> TryOpenAsync(
        Uri endpoint, string? bearer, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.AttemptTimeout);
        try
        {
            return await SocketLink.TryOpenAsync(endpoint, http, bearer, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, 0);
        }
    }
}
