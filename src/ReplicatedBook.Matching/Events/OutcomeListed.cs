using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>An outcome got its shares and its instrument.</summary>
/// <param name="Market">Its market.</param>
/// <param name="Outcome">Its place there, from 0. In a market of two outcomes the first one's book is that of
/// both.</param>
/// <param name="Instrument">Trades its shares.</param>
/// <param name="Asset">Its shares.</param>
/// <param name="Id">As given.</param>
/// <param name="Title">As given.</param>
public readonly record struct OutcomeListed(
    PredictionMarketId Market,
    int Outcome,
    InstrumentId Instrument,
    AssetId Asset,
    string Id,
    string Title);
