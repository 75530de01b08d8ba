using ReplicatedBook.Cli.DevCluster;
using ReplicatedBook.Client;
using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Cli;

/// <summary>Goal: a development cluster starts, obeys another terminal, continues, and leaves no process behind.
/// Method: the real program with real nodes.</summary>
public sealed class DevUpTests : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly string _parent = Directory.CreateTempSubdirectory("replicatedbook-").FullName;

    private string Data => Path.Combine(_parent, "dev");

    private DevClusterFolder Folder => new(Data);

    [Fact]
    public async Task Cluster_obeys_another_terminal_and_continues_from_its_data()
    {
        Assert.SkipUnless(NodeProgram.FindRoot() is not null, "needs cluster-config of the repository");
        var portBase = FreePortBase();
        var up = await UpAsync(portBase);
        Assert.True(up.ExitCode == 0, up.Output + up.Error);
        Assert.Contains("making admin ......................................... ok", up.Output);
        Assert.Contains("seeding BTC-USD, alice and bob ....................... ok", up.Output);
        Assert.True(FileRights.RequireOwn(Data) > 10);
        await CheckUsersAsync();
        var second = await UpAsync(portBase);
        Assert.Equal((2, true), (second.ExitCode, second.Error.Contains("already running")));

        await DevAsync(0, "kill", "n2");
        Assert.False(Folder.RequireRunning().Node("n2").IsRunning);
        await DevAsync(2, "pause", "n2");
        Assert.Contains("n2 is ready", await DevAsync(0, "start", "n2"));
        Assert.True(Folder.RequireRunning().Node("n2").IsRunning);
        await DevAsync(0, "pause", "n3");
        Assert.True(Folder.RequireRunning().Node("n3").Paused);
        await DevAsync(0, "resume", "n3");

        var nodes = Processes();
        await DevAsync(0, "down");
        Assert.DoesNotContain(nodes, node => node.IsAlive);
        Assert.Null(Folder.ReadState());
        var again = await UpAsync(portBase);
        Assert.Contains("seeding BTC-USD, alice and bob ....................... nothing to do", again.Output);
        await CheckUsersAsync();
    }

    /// <summary>Goal: nobody needs to be told a secret, and nobody else can read one. Method: the keys of the folder
    /// are used and their files looked at; without one the nodes let nobody in.</summary>
    private async Task CheckUsersAsync()
    {
        var keys = DevClusterKeys.Read(Folder);
        var endpoints = Folder.RequireRunning().Nodes.Select(node => node.Plan.Endpoint).ToList();
        foreach (var (user, account) in new[] { ("admin", null), ("alice", "a1"), ("bob", "a2") })
        {
            using var client = new ReplicatedBookClient(
                endpoints, new ClientOptions { Credentials = Credentials.Of(keys[user]) });
            var me = (await client.GetMeAsync(ReadOptions.Strong, TestContext.Current.CancellationToken)).Require();
            Assert.Equal((user, account), (me.Username, me.Accounts.SingleOrDefault()));
        }

        using var nobody = new ReplicatedBookClient(endpoints);
        Assert.Equal("unauthenticated", (await nobody.GetMeAsync(
            ReadOptions.Strong, TestContext.Current.CancellationToken)).Problem?.Code);
        if (!OperatingSystem.IsWindows())
        {
            foreach (var name in new[] { "api-keys.json", "password", "bootstrap-token" })
            {
                Assert.Equal(
                    UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Folder.In(name)));
            }
        }
    }

    [Fact]
    public async Task Nodes_end_with_a_supervisor_that_was_killed()
    {
        Assert.SkipUnless(NodeProgram.FindRoot() is not null, "needs cluster-config of the repository");
        var up = await UpAsync(FreePortBase(), "--auth", "off");
        Assert.Equal(0, up.ExitCode);
        Assert.Contains("authentication is off", up.Output);
        var nodes = Processes();
        Assert.Equal(3, nodes.Count(node => node.IsAlive));
        Folder.RequireRunning().Supervisor.Signal(ProcessSignal.Kill);
        await Patience.UntilAsync(
            () => Task.FromResult(nodes.Any(node => node.IsAlive) ? null : nodes), Limit, () => "nodes outlived it");
    }

    public async ValueTask DisposeAsync()
    {
        if (Folder.ReadState() is { IsSupervised: true })
        {
            await RbProcess.RunAsync("dev", "down", "--data", Data);
        }

        Directory.Delete(_parent, recursive: true);
    }

    private static int FreePortBase()
    {
        while (true)
        {
            using var lease = PortLease.Take();
            if (Enumerable.Range(1, 3).All(k => Array.TrueForAll(
                [0, 100, 200, 300], offset => Ports.IsFree(lease.Port + offset + k))))
            {
                return lease.Port;
            }
        }
    }

    private List<ProcessIdentity> Processes() => [.. Folder.RequireRunning().Nodes.Select(node => node.Process!)];

    private Task<RbResult> UpAsync(int portBase, params string[] more) =>
        RbProcess.RunAsync(["dev", "up", "--detach", "--data", Data, "--port-base", $"{portBase}", .. more]);

    private async Task<string> DevAsync(int exitCode, params string[] arguments)
    {
        var rb = await RbProcess.RunAsync(["dev", .. arguments, "--data", Data]);
        Assert.True(rb.ExitCode == exitCode, $"rb dev {string.Join(' ', arguments)}: {rb.Output}{rb.Error}");
        return rb.Output;
    }
}
