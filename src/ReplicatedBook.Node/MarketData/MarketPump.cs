using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.MarketData;

/// <summary>Reads the event feed once for everyone who follows anything on this node, and keeps what they follow up to
/// date. It runs while somebody does. Safe from any thread.</summary>
/// <remarks>It waits for no follower. Where the feed does not reach back to its place any more, all topics begin anew
/// with the present state, and their followers are told so.</remarks>
internal sealed partial class MarketPump(EventHistory history, TimeProvider time, ILogger<MarketPump> logger)
{
    private const int EntriesAtOnce = 256;

    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly Dictionary<TopicKey, Topic> _topics = [];
    private readonly List<Topic> _arrivals = [];
    private readonly List<Topic> _departures = [];
    private readonly EventRouter _router = new();
    private readonly Signal _wake = new();
    private Task? _fed; // Waits for the next entry; kept while it has not come, or waits would pile up in the feed.
    private long _position;

    /// <summary>Held while mirrors change.</summary>
    public Lock Applying { get; } = new();

    /// <summary>Whether anybody follows anything.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Completes when the pump stands still; for tests and the end of the process.</summary>
    public Task Stopped { get; private set; } = Task.CompletedTask;

    /// <summary>Follows something; completes when it may be read.</summary>
    /// <param name="key">What.</param>
    /// <param name="make">Makes it where nobody follows it yet.</param>
    /// <param name="cancellation">Gives the wait up.</param>
    /// <exception cref="ReplicaStoppedException">The node is stopping.</exception>
    public async ValueTask<Lease<T>> FollowAsync<T>(TopicKey key, Func<T> make, CancellationToken cancellation)
        where T : Topic
    {
        var lease = new Lease<T>(Enter(key, make), Leave);
        try
        {
            await lease.Topic.Started.WaitAsync(cancellation);
            return lease;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private T Enter<T>(TopicKey key, Func<T> make)
        where T : Topic
    {
        lock (_gate)
        {
            if (_topics.TryGetValue(key, out var topic))
            {
                topic.Followers++;
                return (T)topic;
            }

            var made = make();
            made.Followers = 1;
            _topics.Add(key, made);
            _arrivals.Add(made);
            if (IsRunning)
            {
                _wake.Pulse();
            }
            else
            {
                IsRunning = true;
                Stopped = RunAsync();
            }

            return made;
        }
    }

    private void Leave(Topic topic)
    {
        lock (_gate)
        {
            if (--topic.Followers > 0)
            {
                return;
            }

            if (_topics.GetValueOrDefault(topic.Key) == topic)
            {
                _topics.Remove(topic.Key);
                _departures.Add(topic);
                _wake.Pulse();
            }
        }
    }

    private async Task RunAsync()
    {
        await Task.Yield(); // Begun by a follower, who goes on with other things.
        try
        {
            _position = history.HeadIndex;
            for (var woken = _wake.Next; await AttendAsync(); woken = _wake.Next)
            {
                var reading = await history.ReadAsync(_position + 1, EntriesAtOnce, CancellationToken.None);
                if (reading.IsBusy)
                {
                    await Task.Delay(BusyPause, time);
                }
                else if (reading.Page is not { } page)
                {
                    await StartAnewAsync();
                }
                else
                {
                    Take(page);
                    if (page.Entries.Count == 0)
                    {
                        await WaitAsync(woken);
                    }
                }
            }
        }
        catch (Exception failure)
        {
            if (failure is not ReplicaStoppedException)
            {
                LogFailed(failure);
            }

            Fail(failure);
        }
    }

    /// <summary>Lets in who came and forgets what nobody follows any more.</summary>
    /// <returns>False when nothing is followed: the pump stands still.</returns>
    private async ValueTask<bool> AttendAsync()
    {
        Topic[] arrived;
        lock (_gate)
        {
            foreach (var topic in _departures)
            {
                _router.Remove(topic);
            }

            arrived = [.. _arrivals.Where(topic => topic.Followers > 0)];
            _departures.Clear();
            _arrivals.Clear();
            if (_topics.Count == 0)
            {
                IsRunning = false;
                return false;
            }
        }

        foreach (var topic in arrived)
        {
            await LetInAsync(topic);
        }

        return true;
    }

    private async ValueTask LetInAsync(Topic topic)
    {
        try
        {
            await topic.StartAsync(_position);
        }
        catch (Exception failure) when (failure is not ReplicaStoppedException)
        {
            Forget(topic);
            topic.Fail(failure);
            return;
        }

        _router.Add(topic);
        topic.Open();
    }

    private void Forget(Topic topic)
    {
        lock (_gate)
        {
            if (_topics.GetValueOrDefault(topic.Key) == topic)
            {
                _topics.Remove(topic.Key);
            }
        }
    }

    private async ValueTask StartAnewAsync()
    {
        LogLost(_position);
        _position = history.HeadIndex;
        foreach (var topic in _router.Topics.ToArray())
        {
            _router.Remove(topic);
            await topic.StartAsync(_position);
            _router.Add(topic);
            topic.Changed.Pulse();
        }
    }

    private void Take(FeedPage page)
    {
        foreach (var entry in page.Entries)
        {
            lock (Applying)
            {
                _router.Take(entry);
            }
        }

        _position = page.NextIndex - 1;
        foreach (var topic in _router.Topics)
        {
            topic.MoveTo(_position);
            if (topic.IsNoted)
            {
                topic.IsNoted = false;
                topic.Changed.Pulse();
            }
        }
    }

    private async ValueTask WaitAsync(Task woken)
    {
        _fed ??= history.WaitAsync(_position + 1, CancellationToken.None);
        if (await Task.WhenAny(_fed, woken) == _fed)
        {
            _fed = null;
        }
    }

    private void Fail(Exception failure)
    {
        List<Topic> all;
        lock (_gate)
        {
            all = [.. _topics.Values];
            _topics.Clear();
            _arrivals.Clear();
            _departures.Clear();
            _router.Clear();
            IsRunning = false;
        }

        foreach (var topic in all)
        {
            topic.Fail(failure);
        }
    }

    [LoggerMessage(EventId = 241, Level = LogLevel.Error, Message = "market data broke off for all who followed it")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(
        EventId = 242, Level = LogLevel.Warning,
        Message = "the feed does not reach back to {Index} any more: market data begins anew")]
    private partial void LogLost(long index);
}
