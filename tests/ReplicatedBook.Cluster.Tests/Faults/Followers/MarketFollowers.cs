using ReplicatedBook.Client;
using ReplicatedBook.Client.Streaming;
using ReplicatedBook.Cluster.Tests.Processes;

namespace ReplicatedBook.Cluster.Tests.Faults.Followers;

/// <summary>One market followed four times at one node: by WebSocket as the SDK does, by gRPC level by level and event
/// by event, and by lines. Where the first goes, the others go.</summary>
internal sealed class MarketFollowers : IAsyncDisposable
{
    private const string BookChannel = $"book:{SpotMarket.Symbol}?depth=0";
    private const string TradesChannel = $"trades:{SpotMarket.Symbol}";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly ReplicatedBookClient _client;
    private readonly GrpcReader _reader = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly MarketDataStream _stream;
    private readonly RoamingStream<StreamMessage> _grpcStream;
    private readonly Task[] _following;

    public MarketFollowers(ClusterProcesses cluster)
    {
        _client = new ReplicatedBookClient(cluster.Endpoints);
        _stream = _client.Follow([BookChannel, TradesChannel], fromIndex: null);
        Func<Uri, int> grpc = node => cluster.MemberAt(node).GrpcPort!.Value;
        Func<Uri, int> lines = node => cluster.MemberAt(node).TcpPort!.Value;
        _grpcStream = new RoamingStream<StreamMessage>(() => _stream.Endpoint, new GrpcBook(_reader, grpc).OpenAsync);
        WebSocket = new Follower(_stream.ReadAsync);
        GrpcBook = new Follower(_grpcStream.ReadAsync);
        GrpcEvents = new EventFollower(new GrpcEvents(_reader, grpc), () => _stream.Endpoint);
        Lines = new EventFollower(new LineEvents(lines), () => _stream.Endpoint);
        _following =
        [
            WebSocket.RunAsync(_ended.Token), GrpcBook.RunAsync(_ended.Token), GrpcEvents.RunAsync(_ended.Token),
            Lines.RunAsync(_ended.Token),
        ];
    }

    /// <summary>Book and trades by their channels.</summary>
    public Follower WebSocket { get; }

    /// <summary>The book by <c>StreamBook</c>.</summary>
    public Follower GrpcBook { get; }

    /// <summary>Orders by <c>GetBook</c>, then <c>StreamEvents</c>.</summary>
    public EventFollower GrpcEvents { get; }

    /// <summary>Orders by <c>SNAPSHOT</c>, then <c>FEED</c>.</summary>
    public EventFollower Lines { get; }

    /// <summary>How often each of the four went on at another connection.</summary>
    public IReadOnlyList<int> Resumptions =>
        [_stream.Resumptions, _grpcStream.Resumptions, GrpcEvents.Stream.Resumptions, Lines.Stream.Resumptions];

    /// <summary>All that did not follow on what came before it.</summary>
    public IReadOnlyList<string> Faults =>
        [.. WebSocket.Faults, .. GrpcBook.Faults, .. GrpcEvents.Faults, .. Lines.Faults];

    private int[] Messages => [WebSocket.Messages, GrpcBook.Messages, GrpcEvents.Messages, Lines.Messages];

    private Uri?[] Endpoints =>
        [_stream.Endpoint, _grpcStream.Endpoint, GrpcEvents.Stream.Endpoint, Lines.Stream.Endpoint];

    /// <summary>Waits until each has had so many more messages and all are at one node.</summary>
    /// <returns>The node.</returns>
    public async Task<Uri> ProgressAsync(int messages)
    {
        var wanted = Messages.Select(had => had + messages).ToArray();
        return await UntilAsync(
            () => Messages.Zip(wanted).All(pair => pair.First >= pair.Second) && Endpoints.Distinct().Count() == 1
                ? _stream.Endpoint
                : null);
    }

    /// <summary>Waits until each has the book as it is after an index, and the feed to it.</summary>
    public Task ReachAsync(long index) => UntilAsync(
        () => new[] { WebSocket.Books, GrpcBook.Books, GrpcEvents.Books, Lines.Books }.All(book => book.Last == index)
            ? this
            : null);

    /// <summary>Waits until the book by WebSocket is one.</summary>
    /// <param name="checksum">Of the book.</param>
    public Task AgreeAsync(long checksum) => UntilAsync(() => WebSocket.Checksum == checksum ? this : null);

    /// <summary>Waits until the last trade by WebSocket is one.</summary>
    public Task TradeAsync(string trade) => UntilAsync(() => WebSocket.LastTrade == trade ? this : null);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await Task.WhenAll(_following);
        _ended.Dispose();
        _reader.Dispose();
        _client.Dispose();
    }

    private Task<T> UntilAsync<T>(Func<T?> look)
        where T : class => Patience.UntilAsync(
            async () =>
            {
                if (_following.FirstOrDefault(task => task.IsCompleted) is { } ended)
                {
                    await ended; // None ends by itself, so it says why.
                }

                return look();
            },
            Limit,
            () => $"messages {string.Join(' ', Messages)}, at {string.Join<Uri?>(' ', Endpoints)}, losses "
                + string.Join("; ", _grpcStream.Loss, GrpcEvents.Stream.Loss, Lines.Stream.Loss));
}
