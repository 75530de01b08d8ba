namespace ReplicatedBook.Matching.Commands;

/// <summary>Puts on record what happened outside of the log (a login that failed, a request that was forbidden). Who
/// did it is the sender; 0 where that is not known.</summary>
/// <param name="Action">What was done, 1 to 64 printable ASCII characters.</param>
/// <param name="Target">To what, 0 to 96 printable ASCII characters.</param>
/// <param name="Origin">From where, 0 to 64 printable ASCII characters.</param>
/// <param name="Outcome">How it ended, 0 to 64 printable ASCII characters.</param>
public readonly record struct RecordAudit(string Action, string Target, string Origin, string Outcome);
