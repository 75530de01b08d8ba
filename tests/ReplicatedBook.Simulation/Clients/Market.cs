namespace ReplicatedBook.Simulation.Clients;

/// <summary>How far the first client has come with what all need.</summary>
internal sealed class Market
{
    /// <summary>Assets and instruments that are known to exist.</summary>
    public int PreparedSteps { get; set; }
}
