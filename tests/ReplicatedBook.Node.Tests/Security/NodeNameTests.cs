using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Goal: a certificate stands for exactly one node. Method: certificates as <c>rb init</c> makes them, and
/// others.</summary>
public sealed class NodeNameTests
{
    [Theory]
    [InlineData("test", "n1")]
    [InlineData("a:b", "c")] // With the parts not told apart these two would be one node.
    [InlineData("a", "b:c")]
    [InlineData("Prod._-", "N.1_-")]
    public void What_init_writes_the_node_reads(string cluster, string node)
    {
        using var certificates = new TestCertificates(cluster);

        Assert.Equal(new NodeName(cluster, node), NodeName.Of(certificates.Peer(node)));
        Assert.Null(NodeName.Of(certificates.Api(node)));
    }

    [Theory]
    [InlineData]
    [InlineData("https://localhost/")]
    [InlineData("urn:replicatedbook:user:test:n1")]
    [InlineData("urn:replicatedbook:node:test")]
    [InlineData("urn:replicatedbook:node:test:")]
    [InlineData("urn:replicatedbook:node:test:n1:n2")]
    [InlineData("urn:replicatedbook:node:test:n1", "urn:replicatedbook:node:test:n2")]
    public void Whatever_else_a_certificate_says_names_no_node(params string[] uris)
    {
        using var certificates = new TestCertificates();

        Assert.Null(NodeName.Of(certificates.WithNames("CN=n1", uris)));
    }
}
