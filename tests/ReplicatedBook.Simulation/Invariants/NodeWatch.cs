using ReplicatedBook.Consensus;

namespace ReplicatedBook.Simulation.Invariants;

/// <summary>What was last seen of one node.</summary>
internal sealed class NodeWatch
{
    /// <summary>Its log as it asked for it to be written.</summary>
    public LogShape Asked { get; } = new();

    /// <summary>Which of its lives <see cref="Term"/> and the following were seen in.</summary>
    public int Start { get; set; }

    /// <summary>Its term.</summary>
    public long Term { get; set; }

    /// <summary>Its commit index.</summary>
    public long CommitIndex { get; set; }

    /// <summary>Its applied index.</summary>
    public long AppliedIndex { get; set; }

    /// <summary>Its role.</summary>
    public Role Role { get; set; }

    /// <summary>Highest index of a weak read it has answered, over all its lives.</summary>
    public long WeakReadIndex { get; set; }
}
