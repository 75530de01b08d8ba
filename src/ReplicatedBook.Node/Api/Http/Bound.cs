namespace ReplicatedBook.Node.Api.Http;

/// <summary>Something read from a request, or why it could not be.</summary>
/// <param name="Value">Set unless there is a problem.</param>
/// <param name="Problem">Null when it was read.</param>
internal readonly record struct Bound<T>(T? Value, ApiProblem? Problem)
{
    public static Bound<T> Refused(ApiProblem problem) => new(default, problem);
}
