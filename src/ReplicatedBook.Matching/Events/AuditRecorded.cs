using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>An audit record was added; index and time are the entry's.</summary>
/// <param name="Sequence">From 1 without gaps.</param>
/// <param name="User">Who did it; 0 for the local user, the node itself, or somebody unknown.</param>
/// <param name="Action">What.</param>
/// <param name="Target">To what; may be empty.</param>
/// <param name="Origin">From which address; may be empty.</param>
/// <param name="Result">How a command ended; <see cref="RejectReason.None"/> when accepted.</param>
/// <param name="Outcome">How something outside of the log ended; empty for commands.</param>
public readonly record struct AuditRecorded(
    long Sequence,
    UserId User,
    string Action,
    string Target,
    string Origin,
    RejectReason Result,
    string Outcome);
