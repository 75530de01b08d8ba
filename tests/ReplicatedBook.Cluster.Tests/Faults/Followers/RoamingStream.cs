using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace ReplicatedBook.Cluster.Tests.Faults.Followers;

/// <summary>What one node after the other gives: when its connection is lost, or it is to be elsewhere, it goes on
/// there. One reader reads it, once.</summary>
/// <param name="place">Where it is to be now; null for nowhere yet.</param>
/// <param name="open">Goes on at a node, behind what was read so far.</param>
internal sealed class RoamingStream<T>(Func<Uri?> place, Func<Uri, CancellationToken, IAsyncEnumerable<T>> open)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    private volatile Uri? _endpoint;
    private int _connections;

    /// <summary>Where the last message is from; null before the first.</summary>
    public Uri? Endpoint => _endpoint;

    /// <summary>How often another connection took over.</summary>
    public int Resumptions => Math.Max(0, Volatile.Read(ref _connections) - 1);

    /// <summary>Why the last connection ended that did not end by itself; for messages of failed tests.</summary>
    public string Loss { get; private set; } = "";

    /// <summary>Reads until it is given up.</summary>
    public async IAsyncEnumerable<T> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var pace = new PeriodicTimer(LookAgain);
        while (true)
        {
            if (place() is { } node)
            {
                var isFirst = true;
                await using var messages = open(node, cancellation).GetAsyncEnumerator(cancellation);
                while (node == place() && await TryMoveAsync(messages, cancellation))
                {
                    if (isFirst)
                    {
                        Interlocked.Increment(ref _connections);
                        (isFirst, _endpoint) = (false, node);
                    }

                    yield return messages.Current;
                }
            }

            await pace.WaitForNextTickAsync(cancellation);
        }
    }

    private async Task<bool> TryMoveAsync(IAsyncEnumerator<T> messages, CancellationToken cancellation)
    {
        try
        {
            return await messages.MoveNextAsync();
        }
        catch (Exception failure) when (
            failure is IOException or HttpRequestException or SocketException && !cancellation.IsCancellationRequested)
        {
            Loss = failure.Message;
            return false;
        }
    }
}
