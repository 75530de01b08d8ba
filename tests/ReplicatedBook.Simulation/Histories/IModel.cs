namespace ReplicatedBook.Simulation.Histories;

/// <summary>What one object does when it is asked one thing after another.</summary>
/// <typeparam name="TState">All that the object remembers; equal values are equal states.</typeparam>
/// <typeparam name="TAction">What was asked and what was answered.</typeparam>
/// <remarks>Pure. The state after an action depends on the state before and on what was asked, never on the
/// answer.</remarks>
internal interface IModel<TState, TAction>
    where TState : struct, IEquatable<TState>
{
    /// <summary>The object before the first operation.</summary>
    TState Initial { get; }

    /// <summary>Carries an action out.</summary>
    /// <param name="state">The object before it.</param>
    /// <param name="action">What was asked and, if anything was, what was answered.</param>
    /// <param name="isAnswered">Whether the answer in <paramref name="action"/> must fit; false: there was
    /// none.</param>
    /// <param name="next">The object after it.</param>
    /// <returns>Whether the object would have answered like that.</returns>
    bool TryApply(in TState state, in TAction action, bool isAnswered, out TState next);
}
