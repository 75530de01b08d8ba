namespace ReplicatedBook.Simulation.Histories;

/// <summary>One operation on an account that nobody trades with.</summary>
/// <param name="Verb">What was asked.</param>
/// <param name="Amount">How much, in units; best used only once in a history, so that balances name their makers. Zero
/// for a read.</param>
/// <param name="IsRefused">Whether the answer was that there is not so much.</param>
/// <param name="Balance">What the answer said is there after it, in units; null when it did not say.</param>
internal readonly record struct CounterAction(CounterVerb Verb, long Amount, bool IsRefused, long? Balance);
