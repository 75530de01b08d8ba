using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Identity;

/// <summary>A reader whose first wait for an index lasts until whoever waits gives up.</summary>
internal sealed class WithheldReader(IReplicaReader reader) : IReplicaReader
{
    private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _never = new();
    private int _waits;

    /// <summary>Completes when the first wait was given up.</summary>
    public Task GivenUp => _givenUp.Task;

    public long OldestIndex => reader.OldestIndex;

    public long OldestRecord => reader.OldestRecord;

    public Timestamp ClusterTime => reader.ClusterTime;

    public TimeSpan? LeaderSilence => reader.LeaderSilence;

    public async ValueTask WaitAppliedAsync(long index, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _waits) == 1)
        {
            try
            {
                await _never.Task.WaitAsync(cancellation);
            }
            finally
            {
                _givenUp.SetResult();
            }
        }

        await reader.WaitAppliedAsync(index, cancellation);
    }

    public ValueTask<Reading<T>> ReadAsync<T>(Func<Exchange, T> query, CancellationToken cancellation) =>
        reader.ReadAsync(query, cancellation);

    public ValueTask<Reading<T>?> ReadConfirmedAsync<T>(Func<Exchange, T> query, CancellationToken cancellation) =>
        reader.ReadConfirmedAsync(query, cancellation);

    public ValueTask<Reading<T>?> ReadAtAsync<T>(long index, Func<Exchange, T> query, CancellationToken cancellation) =>
        reader.ReadAtAsync(index, query, cancellation);

    public ValueTask<IReadOnlyList<AppliedEntry>?> ReadLogAsync(
        long fromIndex, int maxEntries, CancellationToken cancellation) =>
        reader.ReadLogAsync(fromIndex, maxEntries, cancellation);

    public EntryRecord? RecordAt(long index) => reader.RecordAt(index);
}
