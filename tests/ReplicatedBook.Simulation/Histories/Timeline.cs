namespace ReplicatedBook.Simulation.Histories;

/// <summary>The begins and ends of one object's operations as a list from which operations can be taken and to which
/// they can be given back in reverse order (Wing and Gong 1993; Knuth's dancing links).</summary>
/// <remarks>Operations without an answer have no end and wait apart, so that they cost nothing while they are not
/// needed. Operations that were surely not executed are left out.</remarks>
internal sealed class Timeline<TAction>
{
    private readonly int[] _next;
    private readonly int[] _previous;
    private readonly int[] _endOf;

    private Timeline(Operation<TAction>[] answered, Operation<TAction>[] unanswered)
    {
        Operations = [.. answered, .. unanswered];
        AnsweredCount = answered.Length;
        var events = new (long At, bool IsEnd, int Operation)[2 * answered.Length];
        for (var i = 0; i < answered.Length; i++)
        {
            events[2 * i] = (answered[i].Begun, false, i);
            events[(2 * i) + 1] = (answered[i].Ended, true, i);
        }

        // At equal times begins come first: operations that touch count as concurrent.
        Array.Sort(events);
        EventCount = events.Length;
        (_next, _previous, _endOf) = (new int[EventCount + 1], new int[EventCount + 1], new int[answered.Length]);
        (OperationAt, IsEnd, BeginOf) = (new int[EventCount], new bool[EventCount], new int[Operations.Length]);
        for (var i = 0; i < EventCount; i++)
        {
            (OperationAt[i], IsEnd[i]) = (events[i].Operation, events[i].IsEnd);
            (events[i].IsEnd ? _endOf : BeginOf)[events[i].Operation] = i;
        }

        for (var i = 0; i <= EventCount; i++) // The last place is the head and the end of the ring.
        {
            (_next[i], _previous[i]) = (i == EventCount ? 0 : i + 1, i == 0 ? EventCount : i - 1);
        }

        for (var i = 0; i < unanswered.Length; i++)
        {
            // May go before the first end that is not earlier than its begin.
            var (low, high) = (0, EventCount);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = events[middle].At < unanswered[i].Begun ? (middle + 1, high) : (low, middle);
            }

            BeginOf[answered.Length + i] = low;
        }
    }

    /// <summary>Those with an answer by begin, then those without, by begin.</summary>
    public Operation<TAction>[] Operations { get; }

    /// <summary>How many of them have an answer.</summary>
    public int AnsweredCount { get; }

    /// <summary>Number of begins and ends; as a place: after the last.</summary>
    public int EventCount { get; }

    /// <summary>By event: whose.</summary>
    public int[] OperationAt { get; }

    /// <summary>By event: whether it is an end.</summary>
    public bool[] IsEnd { get; }

    /// <summary>By operation: its begin as a place among the events.</summary>
    public int[] BeginOf { get; }

    /// <summary>The first event that is left; <see cref="EventCount"/> when none is.</summary>
    public int First => _next[EventCount];

    public static Timeline<TAction> Of(IReadOnlyList<Operation<TAction>> history) => new(
        [.. history.Where(operation => operation.Ending == Ending.Answered).OrderBy(operation => operation.Begun)],
        [.. history.Where(operation => operation.Ending == Ending.Unknown).OrderBy(operation => operation.Begun)]);

    /// <summary>The event after one that is left.</summary>
    public int After(int place) => _next[place];

    /// <summary>The end of an answered operation as a place.</summary>
    public int EndOf(int operation) => _endOf[operation];

    /// <summary>Takes an answered operation out.</summary>
    public void Take(int operation)
    {
        Unlink(BeginOf[operation]);
        Unlink(_endOf[operation]);
    }

    /// <summary>Gives back the operation that was taken last.</summary>
    public void GiveBack(int operation)
    {
        Link(_endOf[operation]);
        Link(BeginOf[operation]);
    }

    private void Unlink(int place)
    {
        _next[_previous[place]] = _next[place];
        _previous[_next[place]] = _previous[place];
    }

    private void Link(int place)
    {
        _next[_previous[place]] = place;
        _previous[_next[place]] = place;
    }
}
