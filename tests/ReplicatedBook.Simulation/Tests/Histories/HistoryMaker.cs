using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Histories;

namespace ReplicatedBook.Simulation.Tests.Histories;

/// <summary>Makes histories that are linearizable by construction: each operation takes effect at a drawn moment
/// between its begin and its end, and is answered what the object said then.</summary>
/// <remarks>Each client has one operation at a time. Without an answer (when asked for) an operation has no effect, or
/// has it long after.</remarks>
internal sealed class HistoryMaker(ulong seed)
{
    private readonly RandomStream _random = new(seed, "history");

    /// <summary>A register that clients write distinct values to and read.</summary>
    public List<Operation<RegisterAction>> Register(int clients, int count, double unanswered = 0)
    {
        var value = 0L;
        return Make(clients, count, unanswered, number =>
        {
            if (_random.Number(0, 1) == 1)
            {
                value = number + 1;
                return new RegisterAction(true, value);
            }

            return new RegisterAction(false, value);
        });
    }

    /// <summary>An account that clients deposit to, withdraw from and read; no amount is used twice.</summary>
    /// <param name="clients">How many.</param>
    /// <param name="count">How many operations.</param>
    /// <param name="unanswered">Part that gets no answer.</param>
    /// <param name="telling">Whether deposits and withdrawals are answered with the balance.</param>
    public List<Operation<CounterAction>> Counter(int clients, int count, double unanswered, bool telling)
    {
        var balance = 0L;
        return Make(clients, count, unanswered, number =>
        {
            var (verb, amount) = ((CounterVerb)_random.Number(1, 3), (long)number + 1);
            var isRefused = verb == CounterVerb.Withdraw && amount > balance;
            balance += verb == CounterVerb.Deposit ? amount : verb == CounterVerb.Read || isRefused ? 0 : -amount;
            var isTold = verb == CounterVerb.Read || (telling && !isRefused);
            return new CounterAction(
                verb, verb == CounterVerb.Read ? 0 : amount, isRefused, isTold ? balance : null);
        });
    }

    /// <summary>An order id that clients place under, with contents of their own, cancel and read.</summary>
    public List<Operation<RestingOrderAction>> Order(int clients, int count, double unanswered)
    {
        var state = default(RestingOrder);
        return Make(clients, count, unanswered, _ =>
        {
            var verb = (OrderVerb)_random.Number(1, 3);
            var content = verb == OrderVerb.Place ? _random.Number(1, 3) : 0;
            foreach (var answer in Enum.GetValues<OrderAnswer>())
            {
                var action = new RestingOrderAction(verb, content, answer, null);
                if (new RestingOrderModel().TryApply(in state, in action, isAnswered: true, out var next))
                {
                    state = next;
                    return action with { Shown = next.Phase == OrderPhase.Absent ? null : next };
                }
            }

            throw new InvalidOperationException("the model has no answer");
        });
    }

    private List<Operation<TAction>> Make<TAction>(
        int clients, int count, double unanswered, Func<int, TAction> act)
    {
        var free = new long[clients];
        var drafts = new List<(long Begun, long Effect, long Ended, int Client, Ending Ending)>();
        for (var number = 0; number < count; number++)
        {
            var client = number % clients;
            var begun = free[client] + _random.Between(0, 50);
            var isLost = _random.Between(0, 999_999) < unanswered * 1_000_000;
            var effect = begun + _random.Between(0, isLost ? 2_000 : 50);
            var ended = (isLost ? begun + 100 : effect) + _random.Between(0, 50);
            free[client] = ended + 1;
            drafts.Add((begun, effect, ended, client, isLost ? Ending.Unknown : Ending.Answered));
        }

        var history = new List<Operation<TAction>>();
        foreach (var draft in drafts.OrderBy(draft => draft.Effect))
        {
            if (draft.Ending == Ending.Answered || _random.Number(0, 1) == 1)
            {
                history.Add(new(draft.Client, draft.Begun, draft.Ended, draft.Ending, act(history.Count)));
            }
        }

        return history;
    }
}
