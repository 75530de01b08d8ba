using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Simulation.Clients;

/// <summary>All requests with one key: at most one of them is ever executed, and once.</summary>
internal sealed class RequestGroup(UserId user, RequestKey key)
{
    /// <summary>Whose key it is.</summary>
    public UserId User { get; } = user;

    /// <summary>The key.</summary>
    public RequestKey Key { get; } = key;

    /// <summary>Log index of the execution; 0 before.</summary>
    public long ExecutedAt { get; set; }

    /// <summary>The answer that every repetition must get.</summary>
    public ReadOnlyMemory<byte> Result { get; set; }
}
