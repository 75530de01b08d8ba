namespace ReplicatedBook.Cli.Output;

/// <summary>A watched book, as JSON.</summary>
/// <param name="Instrument">Whose.</param>
/// <param name="Index">Log index after which it is so.</param>
/// <param name="Bids">Price and quantity from the best on; of single orders also their id.</param>
/// <param name="Asks">Likewise.</param>
internal sealed record WatchedBook(
    string Instrument, long Index, IReadOnlyList<string[]> Bids, IReadOnlyList<string[]> Asks);
