namespace ReplicatedBook.Simulation.Histories;

/// <summary>Verdict on one object's history, and what led to it.</summary>
/// <param name="Verdict">What was found.</param>
/// <param name="Steps">How often the model was asked.</param>
/// <param name="Explanation">Where no order led on; empty when linearizable.</param>
internal sealed record Finding(Verdict Verdict, long Steps, string Explanation)
{
    /// <summary>Whether the history was shown to be right.</summary>
    public bool IsLinearizable => Verdict == Verdict.Linearizable;
}
