namespace ReplicatedBook.Contracts.Http;

/// <summary>Why a request was not answered as wished (RFC 9457, API.md 1.5).</summary>
/// <param name="Type">urn:replicatedbook:error:{code}.</param>
/// <param name="Title">The code in words; may change.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">One of <see cref="ProblemCodes"/>; never changes its meaning.</param>
/// <param name="Detail">What is known of this case; for people.</param>
/// <param name="Outcome">not_executed, rejected, unknown or committed.</param>
/// <param name="Retryable">Whether the same request may succeed later, unchanged.</param>
/// <param name="RequestId">Echoed or made up.</param>
/// <param name="Index">Log index of the command when it is in the log; else the node's applied index.</param>
/// <param name="Term">Term that belongs to the index.</param>
/// <param name="Leader">The leader as far as known; absent otherwise.</param>
/// <param name="OldestIndex">Only with index_compacted: lowest index that can be served.</param>
/// <param name="Order">Only with order_not_open: the order's final state.</param>
/// <param name="Errors">Defects by field; absent when there are none.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Code,
    string? Detail,
    string Outcome,
    bool Retryable,
    string? RequestId,
    long? Index,
    long? Term,
    string? Leader,
    long? OldestIndex,
    OrderState? Order,
    IReadOnlyList<FieldError>? Errors);
