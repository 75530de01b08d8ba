using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>What every command carries beside its content.</summary>
/// <param name="User">Who sent it.</param>
/// <param name="Key">Names the request, so that a retry is recognised; empty when none was given.</param>
/// <param name="Deadline">An entry stamped later than this has no effect; the value 0 means no deadline.</param>
public readonly record struct CommandHeader(UserId User, RequestKey Key, Timestamp Deadline);
