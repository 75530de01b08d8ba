using System.Text.Json;
using ReplicatedBook.Client;
using ReplicatedBook.Cluster.Tests.Faults;
using ReplicatedBook.Cluster.Tests.Processes;
using ReplicatedBook.Contracts.Http;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Cli;

/// <summary>Goal: a whole cluster can be had again from one file. Method: real nodes with orders, saved, destroyed and
/// restored by the command line.</summary>
public sealed class BackupTests
{
    private static readonly string[] Names = ["n1", "n2", "n3"];

    [Fact]
    public async Task A_cluster_restored_from_a_backup_is_as_it_was_and_goes_on()
    {
        await using var cluster = await ClusterProcesses.StartAsync();
        var traffic = await Traffic.StartAsync(cluster);
        await traffic.ProgressAsync(60);
        await traffic.StopAsync();
        var folder = Path.GetDirectoryName(cluster.DataOf("n1"))!;
        var file = Path.Combine(folder, "backup");
        var endpoints = string.Join(',', cluster.Endpoints.Select(endpoint => endpoint.Authority));

        var saved = await RbProcess.RunAsync("snapshot", "save", file, "--endpoint", endpoints);

        Assert.Equal((0, ""), (saved.ExitCode, saved.Error));
        FileRights.RequireOwn(folder); // Data, logs and the backup.
        var listed = await RbProcess.RunAsync("snapshot", "list", "--endpoint", endpoints, "-o", "json");
        var taken = JsonSerializer.Deserialize(listed.Output, ResponseJson.Default.PageSnapshotResponse)!.Items[0];
        var before = await SeeAsync(cluster.At("n1"), traffic, taken.Index);
        (await cluster.Client.CreateAccountAsync(new() { Label = "after the backup" })).Require();
        await DestroyAsync(cluster);

        await RefuseDamagedAsync(file, folder);
        string[] restore = ["restore", file, "--data", folder, "--node", .. Names];
        var restored = await RbProcess.RunAsync(restore);
        Assert.Equal((0, ""), (restored.ExitCode, restored.Error));
        Assert.Contains(taken.StateHash, restored.Output);
        Assert.Equal(1, (await RbProcess.RunAsync(restore)).ExitCode); // Not over what is there.
        foreach (var name in Names)
        {
            cluster.Start(name);
        }

        await cluster.WaitReadyAsync();
        foreach (var name in Names)
        {
            Assert.Equal(before, await SeeAsync(cluster.At(name), traffic, taken.Index));
        }

        await GoOnAsync(cluster, traffic);
        FileRights.RequireOwn(folder);
        var dumped = await RbProcess.RunAsync("log", "dump", "--limit", "1", "--endpoint", endpoints);
        Assert.StartsWith($"{taken.Index + 1} ", dumped.Output); // The log goes on where the backup ends.
    }

    /// <summary>Balances, book and digest after the backup's last entry.</summary>
    private static async Task<string> SeeAsync(ReplicatedBookClient node, Traffic traffic, long index)
    {
        var at = new ReadOptions(IsWeak: false, MinIndex: null, AtIndex: index);
        var book = (await node.GetBookAsync(SpotMarket.Symbol, 1000, 3, at)).Require();
        List<string> seen =
        [
            (await node.GetDigestAsync(index)).Require().Digest,
            JsonSerializer.Serialize(book, ResponseJson.Default.BookResponse),
        ];
        foreach (var account in traffic.Accounts)
        {
            seen.Add(JsonSerializer.Serialize(
                (await node.GetBalancesAsync(account, at)).Require(), ResponseJson.Default.BalancesResponse));
        }

        return string.Join('\n', seen);
    }

    private static async Task DestroyAsync(ClusterProcesses cluster)
    {
        foreach (var name in Names)
        {
            await cluster.KillAsync(name);
            Directory.Delete(cluster.DataOf(name), recursive: true);
        }
    }

    private static async Task RefuseDamagedAsync(string file, string folder)
    {
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        var damaged = file + "-damaged";
        await File.WriteAllBytesAsync(damaged, bytes, TestContext.Current.CancellationToken);
        var refused = await RbProcess.RunAsync(["restore", damaged, "--data", folder, "--node", .. Names]);
        Assert.Equal((5, true), (refused.ExitCode, refused.Error.Contains("damaged")));
        File.Delete(damaged);
        Assert.DoesNotContain(Names, name => Directory.Exists(Path.Combine(folder, name)));
    }

    private static async Task GoOnAsync(ClusterProcesses cluster, Traffic traffic)
    {
        var order = (await cluster.Client.PlaceOrderAsync(new()
        {
            AccountId = traffic.Accounts[0],
            ClientOrderId = "after-the-restore",
            Instrument = SpotMarket.Symbol,
            Side = "buy",
            Type = "limit",
            Price = "1.00",
            Quantity = "1",
        })).Require().Order;
        var known = traffic.Acknowledged.First();
        var again = (await cluster.Client.GetOrderAsync(
            OrderName.ById(known.Value.OrderId), ReadOptions.Strong)).Require().Order;
        Assert.Equal(known.Key, again.ClientOrderId);
        await cluster.WaitEqualAsync(order.CreatedIndex);
        Assert.True((await cluster.Client.GetConsistencyAsync()).Require().Consistent);
    }
}
