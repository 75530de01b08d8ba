using ReplicatedBook.Node.Api.Http;

namespace ReplicatedBook.Node.Security;

/// <summary>What came of judging a credential.</summary>
/// <param name="Caller">Nobody when there was none, or one that does not hold.</param>
/// <param name="Refusal">Why the credential does not hold or could not be judged; null when it holds or there was
/// none.</param>
internal readonly record struct Identified(Caller Caller, ApiProblem? Refusal);
