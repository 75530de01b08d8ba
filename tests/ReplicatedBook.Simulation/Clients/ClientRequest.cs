using ReplicatedBook.Replication;
using ReplicatedBook.Simulation.Histories;

namespace ReplicatedBook.Simulation.Clients;

/// <summary>One request of a client, sent as often as it takes.</summary>
internal sealed class ClientRequest(RequestGroup group, byte[] command)
{
    /// <summary>Requests with the same key.</summary>
    public RequestGroup Group { get; } = group;

    /// <summary>Its bytes, the same in every attempt.</summary>
    public byte[] Command { get; } = command;

    /// <summary>Attempts that were not refused for sure: each may stand in the log once.</summary>
    public int PossibleEntries { get; set; }

    /// <summary>Log indices at which it was committed.</summary>
    public List<long> CommittedAt { get; } = [];

    /// <summary>Log indices that clients were told.</summary>
    public List<long> AnsweredAt { get; } = [];

    /// <summary>The first final answer; null while there is none.</summary>
    public Proposal? Answer { get; set; }

    /// <summary>What it does to a balance that only counts, and whose; null for other requests.</summary>
    public (long Account, CounterAction Action)? Counts { get; init; }

    /// <summary>Whether its key was used before for another content, so that it must be refused.</summary>
    public bool IsForeign { get; init; }
}
