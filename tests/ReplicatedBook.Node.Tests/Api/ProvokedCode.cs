using ReplicatedBook.Contracts;

namespace ReplicatedBook.Node.Tests.Api;

/// <summary>A code, and the test that provokes it over HTTP.</summary>
internal sealed record ProvokedCode(ProblemCode Code, Type Tests, string Test);
