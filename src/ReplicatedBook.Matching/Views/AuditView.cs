using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>An audit record.</summary>
/// <param name="Sequence">From 1 without gaps.</param>
/// <param name="Index">Log index of its entry.</param>
/// <param name="At">Cluster time of its entry.</param>
/// <param name="User">Who did it; 0 for the local user, the node itself, or somebody unknown.</param>
/// <param name="Action">What.</param>
/// <param name="Target">To what; may be empty.</param>
/// <param name="Origin">From which address; may be empty.</param>
/// <param name="Result">How a command ended; <see cref="RejectReason.None"/> when accepted.</param>
/// <param name="Outcome">How something outside of the log ended; empty for commands.</param>
/// <param name="Hash">SHA-256 of the hash of the record before it (zeros before the first) and of its own bytes, whose
/// layout stands in Encoding/README.md.</param>
public sealed record AuditView(
    long Sequence,
    long Index,
    Timestamp At,
    UserId User,
    string Action,
    string Target,
    string Origin,
    RejectReason Result,
    string Outcome,
    Bytes32 Hash);
