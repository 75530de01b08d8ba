using System.Collections;
using System.Security.Cryptography.X509Certificates;
using ReplicatedBook.Cli;
using ReplicatedBook.Cli.Init;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Tests.Init;

/// <summary>Goal: what <c>rb init</c> makes is whole, private, and what nodes take. Method: folders of the test's own,
/// read by the node's own code.</summary>
public sealed class InitFolderTests : IDisposable
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly TimeSpan Year = TimeSpan.FromDays(365);
    private static readonly ClusterPlan Plan = new(
        "prod", [InitNode.Parse("n1=10.0.0.1:8301"), InitNode.Parse("n2=b.example.com:9301,api.example.com:9001")]);

    private readonly string _parent = Directory.CreateTempSubdirectory("rb-init-").FullName;

    private string Folder => Path.Combine(_parent, "cluster");

    [Theory]
    [InlineData("n1=10.0.0.1:8301", "n1", "10.0.0.1:8301", "10.0.0.1:8001")]
    [InlineData("n.1=a-b.c:1,d:65535", "n.1", "a-b.c:1", "d:65535")]
    public void A_node_is_its_name_and_where_it_is_reached(string text, string name, string peer, string api) =>
        Assert.Equal(new InitNode(name, peer, api), InitNode.Parse(text));

    [Theory]
    [InlineData("n1")]
    [InlineData("=a:1")]
    [InlineData("n1=a")]
    [InlineData("n1=a:0")]
    [InlineData("n1=a:65536")]
    [InlineData("n1=a:1,")]
    [InlineData("n1=a:1,b")]
    [InlineData("n1=a:1,b:2,c:3")]
    [InlineData("n1=[::1]:1")]
    [InlineData("../n1=a:1")]
    [InlineData("n:1=a:1")] // Nodes with authentication have no colon in their names.
    [InlineData(".n1=a:1")]
    [InlineData("n1=a:1\n")]
    public void Anything_else_is_refused(string text) =>
        Assert.Throws<UsageException>(() => InitNode.Parse(text));

    [Fact]
    public void Everything_is_readable_by_its_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "rights of files are other ones there");
        new InitFolder(Folder).Create(Plan, Year);

        foreach (var path in Directory.EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories)
            .Append(Folder))
        {
            var expected = Directory.Exists(path) ? OwnFile | UnixFileMode.UserExecute : OwnFile;
            Assert.Equal((path, expected), (path, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path)));
        }

        Assert.Equal(["n1", "n2"], Directory.GetDirectories(Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Certificates_are_for_the_hosts_the_node_and_their_use()
    {
        new InitFolder(Folder).Create(Plan, Year);
        using var authority = X509CertificateLoader.LoadCertificateFromFile(In("ca.crt"));
        using var peer = X509Certificate2.CreateFromPemFile(In("n2", "peer.crt"), In("n2", "peer.key"));
        using var api = X509Certificate2.CreateFromPemFile(In("n2", "api.crt"), In("n2", "api.key"));

        Assert.Equal(new NodeName("prod", "n2"), NodeName.Of(peer));
        Assert.Null(NodeName.Of(api));
        Assert.True(api.MatchesHostname("api.example.com"));
        Assert.True(api.MatchesHostname("localhost"));
        Assert.False(api.MatchesHostname("10.0.0.1"));
        Assert.False(peer.HasPrivateKey && peer.MatchesHostname("localhost"));
        foreach (var issued in new[] { peer, api })
        {
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.CustomTrustStore.Add(authority);
            Assert.True(chain.Build(issued), string.Join(", ", chain.ChainStatus.Select(status => status.Status)));
            Assert.InRange(issued.NotAfter, DateTime.Now.AddDays(364), DateTime.Now.AddDays(366));
            Assert.Equal("1.2.840.10045.2.1", issued.PublicKey.Oid.Value); // ECDSA.
        }

        Assert.True(authority.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        Assert.False(peer.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
    }

    [Fact]
    public void Each_node_takes_its_configuration_and_knows_the_others()
    {
        new InitFolder(Folder).Create(Plan, Year);

        var first = Settings("n1");
        var second = Settings("n2");

        Assert.Equal(
            ["https://10.0.0.1:8001", "https://api.example.com:9001"],
            first.Cluster.Members.Select(member => member.Api));
        Assert.Equal(("0.0.0.0", 9001), (second.Http.Address, second.Http.Port));
        Assert.Equal(("0.0.0.0", 9301), (second.Peer.Address, second.Peer.Port));
        Assert.Equal(
            ("0.0.0.0", 9101, "0.0.0.0", 9201),
            (second.Grpc.Address, second.Grpc.Port, second.Tcp.Address, second.Tcp.Port));
        Assert.Equal((8101, 8201), (first.Grpc.Port, first.Tcp.Port));
        Assert.Equal(("on", false), (second.Auth.Mode, second.Cluster.Join));
        Assert.Equal("127.0.0.1", InitNode.ListenOn("localhost:1"));
        Assert.Equal("127.0.0.2", InitNode.ListenOn("127.0.0.2:1"));
    }

    [Theory]
    [InlineData(65_335, 65_435, 65_535)]
    [InlineData(65_336, 65_436, null)]
    [InlineData(65_535, null, null)]
    public void An_interface_whose_port_would_be_too_high_is_left_out(int api, int? grpc, int? tcp)
    {
        var node = InitNode.Parse($"n1=localhost:1,localhost:{api}");
        new InitFolder(Folder).Create(new ClusterPlan("prod", [node]), Year);

        var settings = Settings("n1");

        Assert.Equal((grpc, tcp), (settings.Grpc.Port, settings.Tcp.Port));
        Assert.Equal("127.0.0.1", settings.Grpc.Address);
    }

    [Fact]
    public void The_token_of_the_first_administrator_is_random_and_the_same_everywhere()
    {
        new InitFolder(Folder).Create(Plan, Year);
        new InitFolder(Folder + "2").Create(Plan, Year);

        var token = File.ReadAllText(In("bootstrap-token")).TrimEnd();
        Assert.Matches("^[A-Za-z0-9_-]{43}$", token);
        Assert.Equal(token, File.ReadAllText(In("n1", "bootstrap-token")).TrimEnd());
        Assert.Equal(token, File.ReadAllText(In("n2", "bootstrap-token")).TrimEnd());
        Assert.NotEqual(token, File.ReadAllText(Path.Combine(Folder + "2", "bootstrap-token")).TrimEnd());
    }

    [Fact]
    public void Nothing_is_overwritten()
    {
        new InitFolder(Folder).Create(Plan, Year);
        var key = File.ReadAllText(In("ca.key"));

        Assert.Throws<UsageException>(() => new InitFolder(Folder).Create(Plan, Year));
        Assert.Throws<UsageException>(() => new InitFolder(Folder).AddNode(Plan.Nodes[0], Year));
        Assert.Throws<UsageException>(() => new InitFolder(_parent).Create(Plan, Year));

        Assert.Equal(key, File.ReadAllText(In("ca.key")));
        Assert.Equal([Folder], Directory.GetFileSystemEntries(_parent));
    }

    [Fact]
    public void An_empty_folder_and_what_an_interrupted_run_left_are_no_hindrance()
    {
        Directory.CreateDirectory(Folder);
        Directory.CreateDirectory(Folder + ".part/n9");

        new InitFolder(Folder).Create(Plan, Year);

        Assert.Equal([Folder], Directory.GetFileSystemEntries(_parent));
        Assert.False(Directory.Exists(In("n9")));
    }

    [Fact]
    public void A_node_that_joins_has_a_folder_by_the_same_authority_and_no_token()
    {
        new InitFolder(Folder).Create(Plan, Year);
        new InitFolder(Folder).AddNode(InitNode.Parse("n3=10.0.0.3:8301"), Year);

        var settings = Settings("n3");
        Assert.True(settings.Cluster.Join);
        Assert.Equal(["n1", "n2"], settings.Cluster.Members.Select(member => member.NodeId));
        Assert.False(File.Exists(In("n3", "bootstrap-token")));
        Assert.Equal(File.ReadAllText(In("ca.crt")), File.ReadAllText(In("n3", "ca.crt")));
        Assert.Equal(["n3"], new InitFolder(Folder).Renew(["n3"], Year));
        Assert.Throws<UsageException>(() => new InitFolder(Folder).AddNode(InitNode.Parse("n3=a:1"), Year));
    }

    [Fact]
    public void Renewed_certificates_are_new_ones_of_the_same_node()
    {
        new InitFolder(Folder).Create(Plan, Year);
        var before = Serials("n1");
        var other = Serials("n2");

        new InitFolder(Folder).Renew(["n1"], TimeSpan.FromDays(10));

        Assert.Empty(before.Intersect(Serials("n1")));
        Assert.Equal(other, Serials("n2"));
        using var peer = X509Certificate2.CreateFromPemFile(In("n1", "peer.crt"), In("n1", "peer.key"));
        Assert.Equal(new NodeName("prod", "n1"), NodeName.Of(peer));
        Assert.InRange(peer.NotAfter, DateTime.Now.AddDays(9), DateTime.Now.AddDays(11));
        Assert.Equal(["n1", "n2"], new InitFolder(Folder).Renew([], Year));
        Assert.Throws<UsageException>(() => new InitFolder(Folder).Renew(["n9"], Year));
        Assert.Throws<UsageException>(() => new InitFolder(_parent).Renew([], Year));
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    private string In(params string[] parts) => Path.Combine([Folder, .. parts]);

    private string[] Serials(string node) =>
    [
        .. new[] { "peer.crt", "api.crt" }.Select(name =>
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(In(node, name));
            return certificate.SerialNumber;
        }),
    ];

    private NodeSettings Settings(string node) => NodeHost.ReadSettings(
        NodeConfiguration.Read(["--config", In(node, "node.json")], new Hashtable()));
}
