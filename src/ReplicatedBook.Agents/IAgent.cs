namespace ReplicatedBook.Agents;

/// <summary>Trades by steps. It has no clock and no thread of its own: what it does depends on its settings, its seed
/// where it has one, and what the exchange answers. One caller at a time.</summary>
public interface IAgent
{
    /// <summary>Does what is due now.</summary>
    /// <param name="cancellation">Gives the step up; what was sent by then is not forgotten, and settled by the next
    /// step or by <see cref="StopAsync"/>.</param>
    /// <returns>How long after the beginning of this step the next one is due.</returns>
    /// <exception cref="OperationCanceledException">The step was given up.</exception>
    Task<TimeSpan> StepAsync(CancellationToken cancellation);

    /// <summary>Takes its quotes out of the book, and settles what is in doubt. May be called again.</summary>
    /// <param name="cancellation">Gives it up.</param>
    /// <returns>Whether nothing is left to do; otherwise nodes could not be reached.</returns>
    Task<bool> StopAsync(CancellationToken cancellation);
}
