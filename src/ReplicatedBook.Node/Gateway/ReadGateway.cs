using System.Globalization;
using ReplicatedBook.Contracts;
using ReplicatedBook.Matching;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Gateway;

/// <summary>Answers reads from this node's replica at the level asked for. Safe from any thread.</summary>
internal sealed class ReadGateway(IReplicatedLog log, IReplicaReader reader, TimeProvider time)
{
    /// <summary>What a node says whose state must not be shown.</summary>
    public const string Diverged =
        "this node has diverged: its state is not the majority's; it stops serving until it is restarted";

    private const string Stopping = "the node is stopping";

    /// <summary>Runs a query.</summary>
    /// <param name="options">At which level, and how long to wait for it.</param>
    /// <param name="query">Must only read, copy what it returns, and be short.</param>
    public async ValueTask<ReadAnswer<T>> ReadAsync<T>(ReadOptions options, Func<Exchange, T> query)
    {
        if (log.Status.Divergence is not null)
        {
            return Failed<T>(ProblemCodes.ShuttingDown, Diverged);
        }

        using var timeout = new CancellationTokenSource(options.Timeout, time);
        try
        {
            var isConfirmed = options.IsStrong && options.AtIndex is null;
            var refusal = isConfirmed ? null : CheckWeak(options);
            refusal ??= await ReachAsync(Math.Max(options.MinIndex, options.AtIndex ?? 0), timeout.Token);
            if (refusal is not null)
            {
                return new ReadAnswer<T>(default, refusal);
            }

            return isConfirmed
                ? await ReadConfirmedAsync(query, timeout.Token)
                : await QueryAsync(options, query, timeout.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return Failed<T>(ProblemCodes.Overloaded, "the replica did not get to the query in time");
        }
        catch (ReplicaStoppedException)
        {
            return Failed<T>(ProblemCodes.ShuttingDown, Stopping);
        }
    }

    private async ValueTask<ReadAnswer<T>> ReadConfirmedAsync<T>(
        Func<Exchange, T> query, CancellationToken cancellation)
    {
        try
        {
            while (log.Status.Divergence is null)
            {
                if (await reader.ReadConfirmedAsync(query, cancellation) is { } reading)
                {
                    return new ReadAnswer<T>(reading, null);
                }

                await Task.Delay(CommandGateway.RetryPause, time, cancellation); // An election may be under way.
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // No answer in time.
        }

        return new ReadAnswer<T>(default, NotConfirmed());
    }

    private ReadFailure NotConfirmed() =>
        log.Status.Divergence is not null ? new ReadFailure(ProblemCodes.ShuttingDown, Diverged)
            : log.Status.Leader is null ? new ReadFailure(ProblemCodes.NoLeader, "no leader is known")
            : new ReadFailure(ProblemCodes.NoQuorum, "no majority confirmed the leader in time");

    private ReadFailure? CheckWeak(ReadOptions options)
    {
        if (!log.Status.IsCaughtUp)
        {
            return new ReadFailure(
                ProblemCodes.IndexNotReached, "the node has not yet reached where it was before it started");
        }

        if (options.MaxLag is { } most && !(reader.LeaderSilence <= most))
        {
            return new ReadFailure(ProblemCodes.TooStale, "the last contact with a leader is older than max_lag_ms");
        }

        return null;
    }

    private async ValueTask<ReadFailure?> ReachAsync(long index, CancellationToken cancellation)
    {
        if (index <= log.Status.AppliedIndex)
        {
            return null;
        }

        try
        {
            await reader.WaitAppliedAsync(index, cancellation);
            return null;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new ReadFailure(
                ProblemCodes.IndexNotReached,
                string.Create(CultureInfo.InvariantCulture, $"index {index} was not applied here in time"));
        }
    }

    private async ValueTask<ReadAnswer<T>> QueryAsync<T>(
        ReadOptions options, Func<Exchange, T> query, CancellationToken cancellation)
    {
        if (options.AtIndex is not { } index)
        {
            return new ReadAnswer<T>(await reader.ReadAsync(query, cancellation), null);
        }

        if (await reader.ReadAtAsync(index, query, cancellation) is { } reading)
        {
            return new ReadAnswer<T>(reading, null);
        }

        var oldest = reader.OldestIndex;
        return new ReadAnswer<T>(default, new ReadFailure(
            ProblemCodes.IndexCompacted,
            string.Create(CultureInfo.InvariantCulture, $"the oldest index held here is {oldest}"),
            oldest));
    }

    private static ReadAnswer<T> Failed<T>(ProblemCode code, string detail) =>
        new(default, new ReadFailure(code, detail));
}
