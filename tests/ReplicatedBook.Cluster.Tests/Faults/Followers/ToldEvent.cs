namespace ReplicatedBook.Cluster.Tests.Faults.Followers;

/// <summary>An event of the feed, by whichever transport it came.</summary>
/// <param name="Index">Of its log entry.</param>
/// <param name="Seq">Its place in that entry, from 0.</param>
/// <param name="Type">As API.md 2.8 names it.</param>
/// <param name="Fields">Its data, by name; numbers and truth values as text.</param>
internal sealed record ToldEvent(long Index, int Seq, string Type, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>Place and type.</summary>
    public string Title => $"{Index}.{Seq} {Type}";
}
