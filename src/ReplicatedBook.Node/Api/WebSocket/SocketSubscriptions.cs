using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.MarketData;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.WebSocket;

/// <summary>The channels that one connection follows. Each is read by a loop of its own that goes on when its message
/// has found room in the connection's queue: who reads slowly holds positions, not messages.</summary>
/// <remarks>Opened and closed by one thread at a time.</remarks>
internal sealed class SocketSubscriptions(
    SocketConnection connection, Channels channels, int max) : IAsyncDisposable
{
    private readonly Dictionary<string, Subscription> _open = new(StringComparer.Ordinal);

    /// <summary>How many there are. Safe from any thread.</summary>
    public int Count { get; private set; }

    /// <summary>Looks channels up: all of them or none.</summary>
    public async ValueTask<(IReadOnlyList<IChannel> Found, ApiProblem? Problem)> FindAsync(
        IReadOnlyList<string> names, Caller caller, CancellationToken cancellation)
    {
        if (names.Count == 0 || names.Distinct(StringComparer.Ordinal).Count() != names.Count
            || names.Any(_open.ContainsKey))
        {
            return ([], Misnamed("channels must name channels that are not followed yet, each once"));
        }

        if (_open.Count + names.Count > max)
        {
            return ([], new ApiProblem(
                ProblemCodes.LimitReached, $"a connection follows at most {max} channels at a time"));
        }

        var found = new List<IChannel>(names.Count);
        foreach (var name in names)
        {
            var (channel, refusal) = await channels.OpenAsync(name, caller, cancellation);
            if (refusal is not null)
            {
                return ([], refusal with { Detail = $"{Shown(name)}: {refusal.Detail}" });
            }

            found.Add(channel!);
        }

        return (found, null);
    }

    /// <summary>Begins to follow channels that were found.</summary>
    /// <param name="names">As the client calls them.</param>
    /// <param name="found">In the same order.</param>
    /// <param name="fromIndex">Go on after this index; null to begin with what is now.</param>
    public void Begin(IReadOnlyList<string> names, IReadOnlyList<IChannel> found, long? fromIndex)
    {
        for (var i = 0; i < names.Count; i++)
        {
            var ended = CancellationTokenSource.CreateLinkedTokenSource(connection.Ended);
            _open[names[i]] = new Subscription(ended, FollowAsync(names[i], found[i], fromIndex, ended.Token));
        }

        Count = _open.Count;
    }

    /// <summary>Follows channels no longer: all of them or none. When it returns, nothing more of them comes.</summary>
    /// <returns>Why not; null when it is done.</returns>
    public async ValueTask<ApiProblem?> EndAsync(IReadOnlyList<string> names)
    {
        if (names.Count == 0 || names.Any(name => !_open.ContainsKey(name)))
        {
            return Misnamed("channels must name channels that are followed");
        }

        foreach (var name in names)
        {
            if (_open.Remove(name, out var subscription))
            {
                await EndAsync(subscription);
            }
        }

        Count = _open.Count;
        return null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var subscription in _open.Values)
        {
            await EndAsync(subscription);
        }

        _open.Clear();
        Count = 0;
    }

    private async Task EndAsync(Subscription subscription)
    {
        await subscription.Ended.CancelAsync();
        await subscription.Following;
        subscription.Ended.Dispose();
    }

    private async Task FollowAsync(string name, IChannel channel, long? fromIndex, CancellationToken cancellation)
    {
        await Task.Yield(); // Whoever subscribes goes on reading meanwhile.
        try
        {
            await foreach (var message in channel.FollowAsync(fromIndex, cancellation))
            {
                await connection.SendAsync(SocketFrames.OfChannel(name, message));
                cancellation.ThrowIfCancellationRequested();
            }

            connection.Close(SocketClosing.Stopping);
        }
        catch (ChannelEndedException ended)
        {
            connection.Close(ended.Why switch
            {
                ChannelEnd.Overrun => SocketClosing.Overrun,
                ChannelEnd.CredentialGone => SocketClosing.NotSignedIn,
                _ => SocketClosing.Stopping,
            });
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // It is followed no longer.
        }
        catch (Exception failure)
        {
            connection.Fail(failure);
        }
    }

    private static ApiProblem Misnamed(string message) =>
        ApiProblem.OfField(ProblemCodes.InvalidField, "channels", message);

    private static string Shown(string name) => name.Length <= 64 ? name : name[..64] + "...";

    /// <summary>A channel that is followed.</summary>
    private sealed record Subscription(CancellationTokenSource Ended, Task Following);
}
