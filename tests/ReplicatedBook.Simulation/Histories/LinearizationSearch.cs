namespace ReplicatedBook.Simulation.Histories;

/// <summary>Searches for an order of operations that explains all answers (Wing and Gong 1993), never twice from the
/// same operations in the same state (Lowe 2017).</summary>
/// <remarks>Used once. Depth first: next comes one of the operations that began before the first remaining end, the one
/// that ends first being tried first, and those without an answer last. A set of operations is known by 128 bits, the
/// exclusive or of one number per operation: two sets that fall together by chance could make a right history look
/// wrong, never a wrong one right.</remarks>
internal sealed class LinearizationSearch<TModel, TState, TAction>(
    TModel model, Timeline<TAction> timeline, long maxSteps)
    where TModel : struct, IModel<TState, TAction>
    where TState : struct, IEquatable<TState>
{
    private readonly HashSet<(UInt128 Taken, TState State)> _seen = [];
    private readonly bool[] _isTaken = new bool[timeline.Operations.Length]; // Used for those without an answer.
    private readonly List<Node> _path = [];
    private readonly List<int> _candidates = [];
    private TModel _model = model;
    private long _steps;
    private int _furthest = -1;
    private TState _furthestState;

    /// <summary>Searches until an order is found, there is none, or the steps are used up.</summary>
    public Finding Run()
    {
        Enter(_model.Initial, UInt128.Zero);
        while (timeline.First != timeline.EventCount)
        {
            if (_steps >= maxSteps)
            {
                return new Finding(Verdict.Undecided, _steps, $"undecided after {_steps} steps; {Explain()}");
            }

            if (!TryGoOn() && !TryGoBack())
            {
                return new Finding(Verdict.NotLinearizable, _steps, Explain());
            }
        }

        return new Finding(Verdict.Linearizable, _steps, string.Empty);
    }

    /// <summary>Takes the next candidate that leads to something new.</summary>
    private bool TryGoOn()
    {
        var node = _path[^1];
        var candidates = _candidates.Count;
        while (node.Cursor < candidates)
        {
            var operation = _candidates[node.Cursor++];
            if (!TryStep(operation, node.State, isAnswered: true, out var next))
            {
                continue;
            }

            if (next.Equals(node.State))
            {
                // It fits here and changes nothing, so if any order leads on, one that has it here does too.
                (node.Cursor, node.Unanswered) = (candidates, timeline.Operations.Length);
            }

            if (TryTake(ref node, operation, next))
            {
                return true;
            }
        }

        for (; node.Unanswered < timeline.Operations.Length; node.Unanswered++)
        {
            var operation = node.Unanswered;
            if (timeline.BeginOf[operation] > node.FirstEnd)
            {
                break;
            }

            if (!_isTaken[operation] && TryStep(operation, node.State, isAnswered: false, out var next)
                && !next.Equals(node.State))
            {
                node.Unanswered++;
                if (TryTake(ref node, operation, next))
                {
                    return true;
                }

                node.Unanswered--;
            }
        }

        return false;
    }

    private bool TryStep(int operation, in TState state, bool isAnswered, out TState next)
    {
        _steps++;
        var action = timeline.Operations[operation].Action;
        return _model.TryApply(in state, in action, isAnswered, out next);
    }

    private bool TryTake(ref Node node, int operation, in TState next)
    {
        var taken = node.TakenBefore ^ NumberOf(operation);
        if (!_seen.Add((taken, next)))
        {
            return false;
        }

        _path[^1] = node with { Taken = operation };
        if (operation < timeline.AnsweredCount)
        {
            timeline.Take(operation);
        }
        else
        {
            _isTaken[operation] = true;
        }

        Enter(next, taken);
        return true;
    }

    private bool TryGoBack()
    {
        _candidates.RemoveRange(_path[^1].From, _candidates.Count - _path[^1].From);
        _path.RemoveAt(_path.Count - 1);
        if (_path.Count == 0)
        {
            return false;
        }

        var operation = _path[^1].Taken;
        if (operation < timeline.AnsweredCount)
        {
            timeline.GiveBack(operation);
        }
        else
        {
            _isTaken[operation] = false;
        }

        return true;
    }

    /// <summary>Collects who may come next: all that began before the first remaining end.</summary>
    private void Enter(in TState state, UInt128 taken)
    {
        var from = _candidates.Count;
        var place = timeline.First;
        for (; place != timeline.EventCount && !timeline.IsEnd[place]; place = timeline.After(place))
        {
            var operation = timeline.OperationAt[place];
            var at = _candidates.Count;
            _candidates.Add(operation);
            for (; at > from && timeline.EndOf(_candidates[at - 1]) > timeline.EndOf(operation); at--)
            {
                _candidates[at] = _candidates[at - 1];
            }

            _candidates[at] = operation;
        }

        if (place > _furthest && place != timeline.EventCount)
        {
            (_furthest, _furthestState) = (place, state);
        }

        _path.Add(new Node(state, taken, place, from, from, timeline.AnsweredCount, -1));
    }

    private string Explain()
    {
        if (_furthest < 0)
        {
            return string.Empty;
        }

        var stuck = timeline.Operations[timeline.OperationAt[_furthest]];
        return $"no order of the operations explains client {stuck.Client}'s {stuck.Action} "
            + $"from {stuck.Begun} to {stuck.Ended}; before it the object may have been {_furthestState}";
    }

    private static UInt128 NumberOf(int operation) =>
        new(Mix(2UL * (ulong)operation), Mix((2UL * (ulong)operation) + 1));

    /// <summary>SplitMix64 (Steele, Lea and Flood 2014).</summary>
    private static ulong Mix(ulong value)
    {
        value = (value + 1) * 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>A place on the path: where the search stands and what is still to be tried from there.</summary>
    /// <param name="State">The object here.</param>
    /// <param name="TakenBefore">The operations that led here.</param>
    /// <param name="FirstEnd">The first end that is left, as a place.</param>
    /// <param name="From">Where its candidates begin.</param>
    /// <param name="Cursor">The next candidate.</param>
    /// <param name="Unanswered">The next operation without an answer.</param>
    /// <param name="Taken">What was taken from here.</param>
    private record struct Node(
        TState State, UInt128 TakenBefore, int FirstEnd, int From, int Cursor, int Unanswered, int Taken);
}
