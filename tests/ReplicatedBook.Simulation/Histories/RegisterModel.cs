namespace ReplicatedBook.Simulation.Histories;

/// <summary>One value that is written and read; zero at first.</summary>
internal readonly struct RegisterModel : IModel<long, RegisterAction>
{
    public long Initial => 0;

    public bool TryApply(in long state, in RegisterAction action, bool isAnswered, out long next)
    {
        next = action.IsWrite ? action.Value : state;
        return action.IsWrite || !isAnswered || action.Value == state;
    }
}
