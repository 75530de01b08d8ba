using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Simulation.Clients;

/// <summary>All requests with one key: at most one of them is ever executed, and once.</summary>
internal sealed class RequestGroup(UserId user, RequestKey key, long deadline)
{
    /// <summary>Whose key it is.</summary>
    public UserId User { get; } = user;

    /// <summary>The key.</summary>
    public RequestKey Key { get; } = key;

    /// <summary>After this cluster time, in microseconds, none of them may be executed; 0 for none.</summary>
    public long Deadline { get; } = deadline;

    /// <summary>Log index of the execution; 0 before.</summary>
    public long ExecutedAt { get; set; }

    /// <summary>Cluster time of the execution.</summary>
    public long ExecutedTime { get; set; }

    /// <summary>The answer that every repetition must get.</summary>
    public ReadOnlyMemory<byte> Result { get; set; }
}
