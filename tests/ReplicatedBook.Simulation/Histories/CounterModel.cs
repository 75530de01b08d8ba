namespace ReplicatedBook.Simulation.Histories;

/// <summary>An account that counts one asset: deposits, withdrawals that are refused beyond the balance, reads. The
/// state is the balance in units, zero at first.</summary>
internal readonly struct CounterModel : IModel<long, CounterAction>
{
    public long Initial => 0;

    public bool TryApply(in long state, in CounterAction action, bool isAnswered, out long next)
    {
        var isRefused = action.Verb == CounterVerb.Withdraw && action.Amount > state;
        next = action.Verb switch
        {
            CounterVerb.Deposit => state + action.Amount,
            CounterVerb.Withdraw => isRefused ? state : state - action.Amount,
            _ => state,
        };
        return !isAnswered || (action.IsRefused == isRefused && (action.Balance is not { } balance || balance == next));
    }
}
