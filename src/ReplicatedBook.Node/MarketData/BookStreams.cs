using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.MarketData;

/// <summary>Books as snapshots and changes, for any number of followers. Safe from any thread.</summary>
/// <remarks>A follower pulls: it holds its place in changes that all of the same depth share, and nothing that grows
/// while it does not read.</remarks>
internal sealed partial class BookStreams(
    MarketPump pump, Catalog catalog, IReplicaReader reader, EventHistory history, MarketWait wait,
    MarketDataMeter meter, NodeSettings settings)
{
    private const int UpdatesAtOnce = 256;

    /// <summary>How long a follower who knows more than this node waits for it to catch up.</summary>
    private static readonly TimeSpan CatchUpPatience = TimeSpan.FromSeconds(5);

    /// <summary>Follows a book: a snapshot first (or the changes after an index, where they are still to be had), then
    /// every change; one whose place is lost gets an overrun and then a new snapshot.</summary>
    /// <param name="terms">The instrument in whose terms.</param>
    /// <param name="depth">Most lines of each side; 0 for all.</param>
    /// <param name="interval">At most one change in this time, with all that has happened; zero for one change for each
    /// entry that made one.</param>
    /// <param name="fromIndex">The index of the last update that the follower has, from any node; null for
    /// none.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ChannelEndedException">While it is read: this node cannot go on with it.</exception>
    /// <exception cref="ReplicaStoppedException">The node is stopping.</exception>
    public async IAsyncEnumerable<BookUpdate> FollowAsync(
        InstrumentTerms terms, int depth, TimeSpan interval, long? fromIndex,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var lease = await FollowAsync(terms, cancellation);
        var followed = lease.Topic;
        var view = followed.Enter(terms, depth);
        try
        {
            var updates = interval > TimeSpan.Zero
                ? SometimesAsync(followed, view, interval, fromIndex, cancellation)
                : AlwaysAsync(followed, view, fromIndex, cancellation);
            await foreach (var update in updates)
            {
                yield return update;
            }
        }
        finally
        {
            followed.Leave(view);
        }
    }

    /// <summary>Follows a book with all its orders.</summary>
    /// <param name="terms">An instrument whose orders stand in it.</param>
    /// <param name="cancellation">Gives the wait up.</param>
    public async ValueTask<Lease<FollowedBook>> FollowAsync(InstrumentTerms terms, CancellationToken cancellation)
    {
        var instruments = await InstrumentsOfAsync(terms, cancellation);
        return await pump.FollowAsync(
            new TopicKey(TopicKind.Book, instruments[0].Id.Value),
            () => new FollowedBook(instruments, settings.Feed.MaxBookChanges, reader, pump.Applying), cancellation);
    }

    /// <summary>All instruments whose orders stand in one book; the first is the book's own.</summary>
    public async ValueTask<IReadOnlyList<InstrumentTerms>> InstrumentsOfAsync(
        InstrumentTerms terms, CancellationToken cancellation)
    {
        if (terms.Market.Value == 0)
        {
            return [terms];
        }

        if (catalog.FindMarket(terms.Market) is null)
        {
            await catalog.LoadAllAsync(cancellation);
        }

        var outcomes = catalog.FindMarket(terms.Market)!.Outcomes.Where(other => other.Canonical == terms.Canonical);
        return [.. outcomes.OrderBy(other => other.Id != terms.Canonical)];
    }

    /// <summary>The past of a book, where it is still to be had.</summary>
    /// <param name="followed">The book.</param>
    /// <param name="index">From which index on.</param>
    /// <param name="cancellation">Gives the wait up.</param>
    public async ValueTask<BookReplay?> ReplayAsync(
        FollowedBook followed, long index, CancellationToken cancellation) =>
        index < 1 ? null : await BookReplay.StartAsync(followed, index, reader, history, wait.Time, cancellation);

    /// <summary>Waits until this node has an index of which another told.</summary>
    /// <returns>False when it has not for a while.</returns>
    public async ValueTask<bool> ReachAsync(long index, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(CatchUpPatience, wait.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            await reader.WaitAppliedAsync(index, both.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private async IAsyncEnumerable<BookUpdate> AlwaysAsync(
        FollowedBook followed, DepthView view, long? fromIndex, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (last, position) = (-1L, -1L);
        if (fromIndex is { } from && await ReachAsync(from, cancellation))
        {
            (last, position) = (from, from);
            if (from < view.CompleteAfter)
            {
                if (await ReplayAsync(followed, from, cancellation) is { } replay)
                {
                    await foreach (var update in CatchUpAsync(replay, view, cancellation))
                    {
                        yield return update with { PrevIndex = last };
                        last = update.Index;
                    }

                    position = replay.Index;
                }
                else
                {
                    last = -1; // It is compacted: a snapshot.
                }
            }
        }

        if (last < 0)
        {
            var snapshot = view.Snapshot();
            yield return snapshot;
            (last, position) = (snapshot.Index, snapshot.Index);
        }

        var updates = new List<BookUpdate>();
        while (true)
        {
            var next = followed.Changed.Next;
            updates.Clear();
            if (!view.TryRead(position, UpdatesAtOnce, updates, out position))
            {
                wait.Check(followed);
                meter.Overrun("book");
                yield return BookUpdate.Overrun(last);
                var snapshot = view.Snapshot();
                yield return snapshot;
                (last, position) = (snapshot.Index, snapshot.Index);
                continue;
            }

            foreach (var update in updates)
            {
                yield return update with { PrevIndex = last };
                last = update.Index;
            }

            if (updates.Count == 0)
            {
                await wait.ForAsync(followed, next, cancellation);
            }
            else
            {
                wait.Check(followed);
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>The updates of a replay until those of the view go on from there; or as far as they are held.</summary>
    private static async IAsyncEnumerable<BookUpdate> CatchUpAsync(
        BookReplay replay, DepthView view, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var book = new DepthBook(view.Terms, view.Depth);
        replay.Book.Look(mirror =>
        {
            book.Load(mirror);
            return true;
        });
        while (replay.Index < view.CompleteAfter)
        {
            if (await replay.AdvanceAsync(cancellation) is not { } changes)
            {
                yield break;
            }

            foreach (var change in changes)
            {
                if (book.Apply(change) is { } update)
                {
                    yield return update;
                }
            }
        }
    }
}
