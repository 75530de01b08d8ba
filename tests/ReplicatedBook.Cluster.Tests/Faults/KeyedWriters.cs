using System.Collections.Concurrent;
using System.Globalization;
using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Cluster.Tests.Processes;
using ReplicatedBook.Contracts.Http;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Faults;

/// <summary>Clients that write to all nodes and repeat with their key, and to whom nothing but success may
/// happen.</summary>
internal sealed class KeyedWriters
{
    private const int Writers = 6;
    private const decimal Amount = 0.01m;
    private static readonly TimeSpan ProgressLimit = TimeSpan.FromSeconds(60);

    private readonly ClusterProcesses _cluster;
    private readonly string _account;
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task[] _writers;
    private int _done;

    private KeyedWriters(ClusterProcesses cluster, string account)
    {
        (_cluster, _account) = (cluster, account);
        _writers = [.. Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer)))];
    }

    /// <summary>Opens an account, then starts to write.</summary>
    public static async Task<KeyedWriters> StartAsync(ClusterProcesses cluster)
    {
        (await cluster.Client.CreateAssetAsync(new() { Asset = "USD", Scale = 2 })).Require();
        return new(cluster, (await cluster.Client.CreateAccountAsync(new())).Require().AccountId);
    }

    /// <summary>Waits until so many more writes were done, or one was not.</summary>
    public Task ProgressAsync(int writes)
    {
        var wanted = Volatile.Read(ref _done) + writes;
        return Patience.UntilAsync(
            () => Task.FromResult(Volatile.Read(ref _done) >= wanted || !_errors.IsEmpty ? this : null),
            ProgressLimit, () => $"{_done} of {wanted} writes done");
    }

    /// <summary>Ends the writing; no client must have seen an error, and each write must be done once.</summary>
    public async Task JudgeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_writers);
        Assert.Empty(_errors);
        var balances = (await _cluster.Client.GetBalancesAsync(_account, ReadOptions.Strong)).Require();
        var expected = (_done * Amount).ToString("F2", CultureInfo.InvariantCulture);
        Assert.Equal(expected, balances.Items.Single().Total);
    }

    private async Task WriteAsync(int writer)
    {
        using var client = new ReplicatedBookClient(_cluster.Endpoints.Skip(writer % 3).Concat(_cluster.Endpoints));
        var amount = Amount.ToString(CultureInfo.InvariantCulture);
        while (!_stopping.IsCancellationRequested)
        {
            var outcome = await client.DepositAsync(_account, new() { Asset = "USD", Amount = amount });
            if (outcome.IsCommitted)
            {
                Interlocked.Increment(ref _done);
            }
            else
            {
                _errors.Enqueue(outcome.Describe());
            }
        }
    }
}
