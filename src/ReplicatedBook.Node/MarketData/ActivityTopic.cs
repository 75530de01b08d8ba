using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.MarketData;

/// <summary>That something happens in a book, whatever it is.</summary>
/// <param name="instruments">All whose orders stand in it; the first is the book's own.</param>
internal sealed class ActivityTopic(IReadOnlyList<InstrumentId> instruments)
    : EntryTopic(new TopicKey(TopicKind.Activity, instruments[0].Value), MaxBytes)
{
    private const long MaxBytes = 0; // Which entries they were does not matter.

    public IReadOnlyList<InstrumentId> Instruments => instruments;
}
