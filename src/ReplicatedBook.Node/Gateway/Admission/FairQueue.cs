namespace ReplicatedBook.Node.Gateway.Admission;

/// <summary>What waits, by source: sources take turns, each in its own order, so that one which floods waits for
/// itself. Bounded in number and in time. Without clock or threads; one owner.</summary>
/// <param name="maxWaiting">Most that wait, all sources together.</param>
internal sealed class FairQueue<T>(int maxWaiting)
    where T : class
{
    private readonly Dictionary<CommandSource, Line> _lines = [];
    private readonly LinkedList<Line> _turns = []; // Sources that wait; the first is next.
    private readonly LinkedList<Place> _byArrival = [];

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>Adds one at the end of its source's line.</summary>
    /// <param name="source">Whose.</param>
    /// <param name="item">What waits.</param>
    /// <param name="now">Time.</param>
    /// <param name="isPatient">Whether it never waits too long.</param>
    /// <returns>Who has to go instead when the queue is full: the newest of the longest line, which may be the one that
    /// was added; null while there is room.</returns>
    public T? Add(CommandSource source, T item, long now, bool isPatient = false)
    {
        if (!_lines.TryGetValue(source, out var line))
        {
            line = new Line(source);
            line.Turn = _turns.AddLast(line);
            _lines.Add(source, line);
        }

        var place = new Place(item, now, line);
        place.InLine = line.Places.AddLast(place);
        place.InAll = isPatient ? null : _byArrival.AddLast(place);
        Count++;
        return Count > maxWaiting ? Remove(LongestLine().Places.Last!.Value) : null;
    }

    /// <summary>Whether one of a source waits.</summary>
    public bool HasAnyOf(CommandSource source) => _lines.ContainsKey(source);

    /// <summary>Takes the oldest of the source whose turn it is.</summary>
    /// <param name="mayGo">Sources for which it is false keep their place and are passed over.</param>
    /// <returns>Null when none waits that may go.</returns>
    public T? TakeNext(Func<CommandSource, bool> mayGo)
    {
        for (var turn = _turns.First; turn is not null; turn = turn.Next)
        {
            if (mayGo(turn.Value.Source))
            {
                _turns.Remove(turn);
                _turns.AddLast(turn);
                return Remove(turn.Value.Places.First!.Value);
            }
        }

        return null;
    }

    /// <summary>Takes one that has waited too long.</summary>
    /// <param name="now">In the unit of the times given before.</param>
    /// <param name="maxWait">How long one may wait, in that unit.</param>
    /// <returns>Null when there is none.</returns>
    public T? TakeOverdue(long now, long maxWait) =>
        _byArrival.First is { } oldest && now - oldest.Value.Since >= maxWait ? Remove(oldest.Value) : null;

    private Line LongestLine()
    {
        var longest = _turns.First!.Value;
        foreach (var line in _turns)
        {
            longest = line.Places.Count > longest.Places.Count ? line : longest;
        }

        return longest;
    }

    private T Remove(Place place)
    {
        var line = place.Line;
        line.Places.Remove(place.InLine!);
        Count--;
        if (place.InAll is { } arrival)
        {
            _byArrival.Remove(arrival);
        }

        if (line.Places.Count == 0)
        {
            _turns.Remove(line.Turn!);
            _lines.Remove(line.Source);
        }

        return place.Item;
    }

    private sealed class Line(CommandSource source)
    {
        public CommandSource Source { get; } = source;

        public LinkedList<Place> Places { get; } = [];

        public LinkedListNode<Line>? Turn { get; set; }
    }

    private sealed class Place(T item, long since, Line line)
    {
        public T Item { get; } = item;

        public long Since { get; } = since;

        public Line Line { get; } = line;

        public LinkedListNode<Place>? InLine { get; set; }

        public LinkedListNode<Place>? InAll { get; set; }
    }
}
