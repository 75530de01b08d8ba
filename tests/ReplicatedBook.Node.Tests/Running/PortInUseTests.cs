using System.Net;
using System.Net.Sockets;
using ReplicatedBook.Node.Hosting;
using Xunit;

namespace ReplicatedBook.Node.Tests.Running;

/// <summary>Goal: a node that cannot listen ends with a code that says so. Method: a port that another has.</summary>
public sealed class PortInUseTests
{
    [Theory]
    [InlineData("Http")]
    [InlineData("Peer")]
    [InlineData("Tcp")]
    public async Task A_port_in_use_is_refused(string section)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var folder = Directory.CreateTempSubdirectory("rb-port-in-use-");
        string[] flags =
        [
            "--Cluster:Id=test", "--Node:Id=n1", $"--Node:DataDirectory={folder.FullName}/data", "--Http:Port=0",
            "--Peer:Port=0", "--Cluster:Members:0:NodeId=n1", "--Cluster:Members:0:Peer=127.0.0.1:8301",
            "--Cluster:Members:0:Api=http://127.0.0.1:8001", "--Logging:LogLevel:Default=None",
            "--Auth:Mode=off", $"--{section}:Port={((IPEndPoint)other.LocalEndpoint).Port}",
        ];

        Assert.Equal(2, await NodeHost.RunAsync(flags, services => services.AddRaftLog()));
        folder.Delete(recursive: true);
    }
}
