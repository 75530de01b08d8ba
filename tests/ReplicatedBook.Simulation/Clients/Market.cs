using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Simulation.Clients;

/// <summary>How far clients have come with what all need.</summary>
internal sealed class Market
{
    private readonly Dictionary<int, List<(OrderSessionId, UserId)>> _sessions = [];

    /// <summary>Assets and instruments that are known to exist.</summary>
    public int PreparedSteps { get; set; }

    /// <summary>The highest id of a prediction market that is known to exist; 0 for none.</summary>
    public int PredictionMarkets { get; set; }

    /// <summary>The highest id of a betting market that is known to exist; 0 for none.</summary>
    public int BettingMarkets { get; set; }

    /// <summary>Accounts that are known to exist, in the order in which that became known.</summary>
    public List<AccountId> Accounts { get; } = [];

    /// <summary>Sessions of orders that a client is known to have opened, whatever has become of them, each with the
    /// user as whom it did; in the order in which that became known.</summary>
    public List<(OrderSessionId Session, UserId User)> SessionsOf(int client) =>
        _sessions.TryGetValue(client, out var known) ? known : _sessions[client] = [];
}
