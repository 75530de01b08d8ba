using System.Globalization;
using ReplicatedBook.Client.Streaming;
using ReplicatedBook.Cluster.Tests.Faults.Followers;

namespace ReplicatedBook.Cluster.Tests.Faults;

/// <summary>Keeps a book by its channel, and the ids of trades by theirs, and notes what does not follow on what came
/// before it.</summary>
/// <param name="read">Where the messages come from.</param>
internal sealed class Follower(Func<CancellationToken, IAsyncEnumerable<StreamMessage>> read)
{
    private readonly Lock _gate = new();
    private readonly StreamedBook _book = new();
    private readonly List<string> _faults = [];
    private readonly Dictionary<string, long> _last = [];
    private int _messages;
    private long _lastTrade;
    private long _checksum;

    /// <summary>The book after every message of its channel.</summary>
    public BookLog Books { get; } = new();

    public int Messages => Volatile.Read(ref _messages);

    public IReadOnlyList<string> Faults => Locked(() => _faults.ToList());

    public long Index => Locked(() => _book.Index);

    public long Checksum => Locked(() => _checksum);

    public string LastTrade => Locked(() => _lastTrade.ToString(CultureInfo.InvariantCulture));

    public IReadOnlyList<(string Price, string Quantity)> Bids => Locked(() => Lines(_book.Bids));

    public IReadOnlyList<(string Price, string Quantity)> Asks => Locked(() => Lines(_book.Asks));

    /// <summary>Follows until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (var message in read(cancellation))
            {
                lock (_gate)
                {
                    Take(message);
                }

                Interlocked.Increment(ref _messages);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }

    private void Take(StreamMessage message)
    {
        var isFirst = !_last.TryGetValue(message.Channel, out var last);
        if (isFirst != message.IsSnapshot || (!isFirst && message.PrevIndex != last))
        {
            _faults.Add($"{message.Channel} {message.Type}: {message.PrevIndex} to {message.Index} after {last}");
        }

        _last[message.Channel] = message.Index;
        if (message.Channel.StartsWith("book:", StringComparison.Ordinal))
        {
            if (!_book.Apply(message))
            {
                _faults.Add($"the checksum at {message.Index} is another");
            }

            Books.Note(_book.Index, _book.Bids, _book.Asks);
            _checksum = message.Data.GetProperty("checksum").GetInt64();
            return;
        }

        foreach (var trade in message.Data.EnumerateArray())
        {
            var id = long.Parse(trade.GetProperty("trade_id").GetString()!, CultureInfo.InvariantCulture);
            if (_lastTrade != 0 && id != _lastTrade + 1)
            {
                _faults.Add($"trade {id} after {_lastTrade}");
            }

            _lastTrade = id;
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    private static List<(string Price, string Quantity)> Lines(IEnumerable<StreamedLevel> levels) =>
        [.. levels.Select(level => (level.Price, level.Quantity))];
}
