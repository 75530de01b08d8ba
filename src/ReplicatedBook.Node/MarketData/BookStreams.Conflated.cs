using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.MarketData;

/// <content>Following at most so often: what is told is the difference between what was told last and what is now, so
/// it cannot be overrun.</content>
internal sealed partial class BookStreams
{
    private async IAsyncEnumerable<BookUpdate> SometimesAsync(
        FollowedBook followed, DepthView view, TimeSpan interval, long? fromIndex,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var shown = await PastAsync(followed, view, fromIndex, cancellation);
        if (shown is null)
        {
            shown = view.Snapshot();
            yield return shown;
        }

        while (true)
        {
            var next = followed.Changed.Next;
            var now = view.Snapshot();
            var delta = new BookUpdate(
                BookUpdateKind.Delta, now.Index, shown.Index,
                LineDifference.Between(Side.Buy, shown.Bids, now.Bids),
                LineDifference.Between(Side.Sell, shown.Asks, now.Asks), now.Checksum);
            if (delta.Bids.Count + delta.Asks.Count == 0)
            {
                await wait.ForAsync(followed, next, cancellation);
                continue;
            }

            shown = now;
            yield return delta;
            await Task.Delay(interval, wait.Time, cancellation);
            wait.Check(followed);
        }
    }

    /// <summary>What a follower who comes back was shown; null where that is no longer to be had.</summary>
    private async ValueTask<BookUpdate?> PastAsync(
        FollowedBook followed, DepthView view, long? fromIndex, CancellationToken cancellation)
    {
        if (fromIndex is not { } from || !await ReachAsync(from, cancellation)
            || await ReplayAsync(followed, from, cancellation) is not { } replay)
        {
            return null;
        }

        var book = new DepthBook(view.Terms, view.Depth);
        replay.Book.Look(mirror =>
        {
            book.Load(mirror);
            return true;
        });
        return new BookUpdate(
            BookUpdateKind.Snapshot, from, 0, book.InView(Side.Buy), book.InView(Side.Sell), book.Checksum);
    }
}
