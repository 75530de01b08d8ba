using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ReplicatedBook.Cluster.Tests.Processes;

namespace ReplicatedBook.Benchmarks.Cluster.Etcd;

/// <summary>Three etcd processes on this machine with etcd's own defaults. They end with this process: each is watched
/// by a shell that ends it when the shell's standard input ends.</summary>
internal sealed class EtcdCluster : IAsyncDisposable
{
    private const int Members = 3;
    private const string Launch =
        """exec 3<&0; "$@" </dev/null >/dev/null 2>&1 & pid=$!; read -r _ <&3; kill -9 $pid""";


    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("replicatedbook-etcd-").FullName;
    private readonly List<PortLease> _leases = [];
    private readonly List<Process> _shells = [];
    private readonly int[] _ports = new int[Members];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };

    private EtcdCluster()
    {
    }

    /// <summary>Where the leader takes clients.</summary>
    public IPEndPoint Leader { get; private set; } = new(IPAddress.Loopback, 0);

    /// <summary>Ids of the etcd processes.</summary>
    public IReadOnlyList<int> Pids => [.. _shells.SelectMany(shell => ChildrenOf(shell.Id))];

    /// <summary>What etcd calls its version; null where it is not installed.</summary>
    public static string? FindVersion()
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("etcd", "--version") { RedirectStandardOutput = true });
            return process?.StandardOutput.ReadLine();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Starts it and waits until it has a leader.</summary>
    public static async Task<EtcdCluster> StartAsync()
    {
        var cluster = new EtcdCluster();
        try
        {
            cluster.StartMembers();
            cluster.Leader = await Patience.UntilAsync(
                cluster.FindLeaderAsync, Limit, () => $"etcd has no leader within {Limit.TotalSeconds} s");
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var shell in _shells)
        {
            shell.StandardInput.Close();
            await shell.WaitForExitAsync();
            shell.Dispose();
        }

        _http.Dispose();
        _leases.ForEach(lease => lease.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    private void StartMembers()
    {
        var peers = new string[Members];
        for (var i = 0; i < Members; i++)
        {
            _ports[i] = Lease();
            peers[i] = Local(Lease());
        }

        var all = string.Join(',', peers.Select((peer, i) => $"e{i}={peer}"));
        for (var i = 0; i < Members; i++)
        {
            var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true };
            string[] arguments =
            [
                "-c", Launch, "sh", "etcd", "--name", $"e{i}", "--data-dir", Path.Combine(_folder, $"e{i}"),
                "--listen-client-urls", Local(_ports[i]), "--advertise-client-urls", Local(_ports[i]),
                "--listen-peer-urls", peers[i], "--initial-advertise-peer-urls", peers[i],
                "--initial-cluster", all, "--initial-cluster-state", "new", "--log-level", "error",
            ];
            foreach (var argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            _shells.Add(Process.Start(start)!);
        }
    }

    private async Task<IPEndPoint?> FindLeaderAsync()
    {
        foreach (var port in _ports)
        {
            try
            {
                using var answer = await _http.PostAsJsonAsync(
                    $"{Local(port)}/v3/maintenance/status", new Dictionary<string, string>());
                using var status = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
                var member = status.RootElement.GetProperty("header").GetProperty("member_id").GetString();
                if (status.RootElement.TryGetProperty("leader", out var leader) && leader.GetString() == member)
                {
                    return new IPEndPoint(IPAddress.Loopback, port);
                }
            }
            catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException or JsonException
                or KeyNotFoundException)
            {
                continue;
            }
        }

        return null;
    }

    private static IEnumerable<int> ChildrenOf(int pid)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/task/{pid}/children");
        return File.Exists(path)
            ? File.ReadAllText(path).Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(text => int.Parse(text, CultureInfo.InvariantCulture))
            : [];
    }

    private static string Local(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    private int Lease()
    {
        var lease = PortLease.Take();
        _leases.Add(lease);
        return lease.Port;
    }
}
