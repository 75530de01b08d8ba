using System.Diagnostics.Metrics;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.Metrics;

/// <summary>How far back the event feed reaches, asked for at each scrape.</summary>
internal static class FeedGauges
{
    /// <summary>Adds them to a meter.</summary>
    public static void Register(Meter meter, EventHistory feed)
    {
        meter.CreateObservableGauge(
            "rb_feed_oldest_index", () => feed.OldestIndex, null, "First index that the event feed can begin with.");
        meter.CreateObservableGauge(
            "rb_feed_journal_bytes", () => feed.JournalBytes, null, "Bytes of the journal of events on the disk.");
        meter.CreateObservableCounter(
            "rb_feed_journal_losses", () => feed.JournalLosses, null,
            "Times that the journal of events lost some, by damage, a failed or full disk, or a gap in the log.");
    }
}
