namespace ReplicatedBook.Node.Api.InProcess;

/// <summary>What a route answered.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="Headers">Those of API.md 1.4.</param>
/// <param name="Body">JSON, or problem+json; empty where there is nothing to say.</param>
internal sealed record RouteAnswer(int Status, IHeaderDictionary Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>Whether it was done as asked.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;
}
