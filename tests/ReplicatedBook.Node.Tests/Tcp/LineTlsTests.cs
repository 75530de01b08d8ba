using System.Net.Security;
using System.Security.Authentication;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Node.Tests.Security;

namespace ReplicatedBook.Node.Tests.Tcp;

/// <summary>Goal: where HTTP is encrypted, lines are. Method: a node with TLS, asked with it and without.</summary>
public sealed class LineTlsTests
{
    [Fact]
    public async Task Lines_are_encrypted_where_HTTP_is()
    {
        using var certificates = new TestCertificates();
        await using var node = await TestNode.StartAsync(["--Tcp:Port=0"], certificates: certificates);
        await node.Client.WaitUntilReadyAsync();
        using var client = await LineClient.ConnectAsync(node, async stream =>
        {
            var tls = new SslStream(stream);
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                CertificateChainPolicy = certificates.Trust(),
            });
            Assert.InRange(tls.SslProtocol, SslProtocols.Tls12, SslProtocols.Tls13);
            return tls;
        });
        using var plain = await LineClient.ConnectAsync(node);

        await client.SendAsync("PING 1\nSTATUS 2\n");
        Assert.Equal("PONG 1", await client.ReadAsync());
        Assert.StartsWith("OK 2 node=n1 role=leader ", await client.ReadAsync());
        await plain.SendAsync("PING 1\n");
        Assert.DoesNotContain(await plain.RestAsync(), line => line.Contains("PONG"));
    }
}
