using ReplicatedBook.Cli;
using ReplicatedBook.Cli.DevCluster;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Cli;

/// <summary>Goal: a fresh start deletes nothing that is not a development cluster's. Method: real folders.</summary>
public sealed class DevClusterFolderTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("replicatedbook-").FullName;

    [Fact]
    public void Folder_of_something_else_is_neither_used_nor_deleted()
    {
        var precious = Path.Combine(_parent, "precious.txt");
        File.WriteAllText(precious, "keep");
        var folder = new DevClusterFolder(_parent);
        Assert.Throws<UsageException>(folder.Create);
        Assert.Throws<UsageException>(folder.Delete);
        Assert.True(File.Exists(precious));
    }

    [Fact]
    public void Own_folder_is_deleted_whole()
    {
        var folder = new DevClusterFolder(Path.Combine(_parent, "dev"));
        folder.Create();
        File.WriteAllText(folder.In("data"), "x");
        folder.Delete();
        Assert.False(Directory.Exists(folder.Path));
    }

    [Fact]
    public void State_is_read_as_written()
    {
        var folder = new DevClusterFolder(Path.Combine(_parent, "dev"));
        folder.Create();
        Assert.Null(folder.ReadState());
        var plan = new NodePlan("n1", new Uri("http://127.0.0.1:8001/"), 8301, ["--config", "x"], "/", "n1.log");
        folder.WriteState(new DevClusterState(
            ProcessIdentity.Current, [new NodeState(plan, ProcessIdentity.Current, Paused: true)]));
        var read = folder.ReadState()!;
        Assert.True(read.IsSupervised);
        Assert.Equal(ProcessIdentity.Current, read.Node("1").Process);
        var found = read.Node("n1");
        Assert.Equal((true, plan.Endpoint, 8301), (found.Paused, found.Plan.Endpoint, found.Plan.PeerPort));
        Assert.Throws<UsageException>(() => read.Node("n4"));
    }

    [Fact]
    public void State_of_a_supervisor_that_ended_is_no_running_cluster()
    {
        var folder = new DevClusterFolder(Path.Combine(_parent, "dev"));
        folder.Create();
        folder.WriteState(new DevClusterState(ProcessIdentity.Current with { Started = 1 }, []));
        Assert.Throws<UsageException>(folder.RequireRunning);
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
