using System.Text.Json;

namespace ReplicatedBook.Contracts.Http;

/// <summary>One event of the log.</summary>
/// <param name="Index">Log index.</param>
/// <param name="Seq">Position among the events of the entry, from 0, whatever filter was asked for.</param>
/// <param name="Term">Term of the entry.</param>
/// <param name="Time">Cluster time of the entry.</param>
/// <param name="Type">What happened; readers must tolerate types they do not know.</param>
/// <param name="MarketId">The prediction or betting market that it belongs to; absent where it belongs to none.</param>
/// <param name="MarketSeq">Which of the market's events it is, from 1 without gaps, whatever filter was asked
/// for.</param>
/// <param name="Data">Content, by type.</param>
public sealed record FeedItem(
    long Index, int Seq, long Term, string Time, string Type, string? MarketId, long? MarketSeq, JsonElement Data);
