using System.Text.Json;

namespace ReplicatedBook.Client.Streaming;

/// <summary>A message of a channel (API.md 3).</summary>
/// <param name="Channel">As it was asked for.</param>
/// <param name="Type">snapshot: all there is, what was known before is to be forgotten; delta or update: what has
/// changed since the message before; overrun: some was missed, and a snapshot follows.</param>
/// <param name="Index">Log index after which it is so; 0 with an overrun.</param>
/// <param name="PrevIndex">Index of the channel's message before it, on whichever node that was; 0 for a
/// snapshot.</param>
/// <param name="Data">What happened; undefined with an overrun.</param>
public sealed record StreamMessage(string Channel, string Type, long Index, long PrevIndex, JsonElement Data)
{
    /// <summary>Whether it holds all there is.</summary>
    public bool IsSnapshot => Type == "snapshot";

    /// <summary>Whether it says that some was missed.</summary>
    public bool IsOverrun => Type == "overrun";
}
