using System.Globalization;
using ReplicatedBook.Client;
using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Nodes;

/// <summary>Goal: a node listens where its settings say and nowhere else. Method: what the kernel says of its
/// sockets.</summary>
public sealed class ListeningTests
{
    private const string Listening = "0A";
    private const string Loopback = "0100007F"; // 127.0.0.1, as the kernel writes it.

    [Fact]
    public async Task A_node_listens_on_its_two_ports_of_loopback_alone()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self/net"), "there is no /proc that tells of sockets");
        using var lease = PortLease.Take();
        using var peers = PortLease.Take();
        var folder = Directory.CreateTempSubdirectory("replicatedbook-").FullName;
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{lease.Port}/"));
        await using (var node = NodeRun.Start(
            folder,
            [
                "--Cluster:Id=test", "--Node:Id=n1", $"--Node:DataDirectory={folder}/data", "--Auth:Mode=off",
                $"--Http:Port={lease.Port}", $"--Peer:Port={peers.Port}", "--Cluster:Members:0:NodeId=n1",
                $"--Cluster:Members:0:Peer=127.0.0.1:{peers.Port}", $"--Cluster:Members:0:Api={address}",
            ]))
        {
            using var client = new ReplicatedBookClient([address]);
            await node.WaitReadyAsync(client);

            Assert.Equal(
                new[] { lease.Port, peers.Port }.Order().Select(port => $"{Loopback}:{port:X4}"),
                ListenersOf(node.ProcessId));
            Assert.Equal(0, await node.StopAsync());
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Addresses of a process's listening sockets, as the kernel writes them, by port.</summary>
    private static IEnumerable<string> ListenersOf(int process)
    {
        var own = new DirectoryInfo($"/proc/{process}/fd").EnumerateFiles()
            .Select(file => file.LinkTarget ?? "").Where(link => link.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(link => link["socket:[".Length..^1]).ToHashSet();
        return new[] { "tcp", "tcp6", "udp", "udp6" }
            .SelectMany(kind => File.ReadLines($"/proc/{process}/net/{kind}").Skip(1)
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(fields => (fields[3] == Listening || kind[0] == 'u') && own.Contains(fields[9]))
                .Select(fields => fields[1]))
            .OrderBy(local => local.Split(':')[1], StringComparer.Ordinal);
    }
}
