using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ReplicatedBook.Cli;
using ReplicatedBook.Cli.Init;
using ReplicatedBook.Client;
using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Nodes;

/// <summary>Goal: no secret of a node is seen in anything that it puts out. Method: secrets that can be recognised,
/// given in every way there is, and a search through all outputs.</summary>
public sealed class SecretMarkerTests : IAsyncDisposable
{
    private const string Password = "marker-password-7c41";

    private static readonly string[] Paths =
    [
        "/metrics", "/openapi/v1.json", "/v1/node", "/v1/cluster", "/v1/cluster/members", "/v1/node/log",
        "/v1/node/state?part=users", "/v1/node/state?part=accounts", "/v1/node/digest", "/readyz?verbose=true",
        "/nowhere", "/v1/orders/x",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("replicatedbook-").FullName;
    private readonly PortLease _http = PortLease.Take();
    private readonly PortLease _peer = PortLease.Take();

    private string Own => Path.Combine(_folder, "cluster", "n1");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_that_a_node_puts_out_holds_a_secret(bool byFile)
    {
        var markers = Prepare();
        var passwordFile = Path.Combine(_folder, "password");
        PrivateFiles.Replace(passwordFile, System.Text.Encoding.ASCII.GetBytes(Password + "\n"));
        (string, string)[] environment = byFile
            ? [("RB_HTTP__TLS__KEYPASSWORD_FILE", passwordFile), ("RB_PEER__TLS__KEYPASSWORD_FILE", passwordFile)]
            : [("RB_HTTP__TLS__KEYPASSWORD", Password), ("RB_PEER__TLS__KEYPASSWORD", Password)];
        var outputs = new List<string>();

        await using (var printing = NodeRun.Start(Own, [.. Arguments, "--print-config"], environment))
        {
            Assert.Equal(0, await printing.WaitForExitAsync());
            Assert.Contains(printing.Lines, line => line.Contains("\"***\"", StringComparison.Ordinal));
            outputs.AddRange(printing.Lines);
        }

        await using (var node = NodeRun.Start(
            Own, [.. Arguments, "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft=Trace"], environment))
        {
            outputs.AddRange(await AskAllAsync(node));
            Assert.Equal(0, await node.StopAsync());
            outputs.AddRange(node.Lines);
        }

        outputs.AddRange(await RefuseAsync());
        foreach (var file in Directory.GetFiles(Path.Combine(Own, "data"), "*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("signing-key", StringComparison.Ordinal)))
        {
            outputs.Add(System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)));
        }

        Assert.All(markers, marker => Assert.DoesNotContain(
            outputs, output => output.Contains(marker, StringComparison.Ordinal)));
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        _peer.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static string[] Arguments => ["--config", "node.json", "--Auth:Mode=off"];

    /// <summary>Makes a cluster of one with encrypted keys; what must not be seen anywhere.</summary>
    private string[] Prepare()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"n1=127.0.0.1:{_peer.Port},127.0.0.1:{_http.Port}");
        var cluster = new InitFolder(Path.Combine(_folder, "cluster"));
        cluster.Create(new ClusterPlan("test", [InitNode.Parse(text)]), TimeSpan.FromDays(1));
        var markers = new List<string> { Password, File.ReadAllText(Path.Combine(Own, "bootstrap-token")).Trim() };
        foreach (var name in new[] { "peer.key", "api.key" })
        {
            var plain = File.ReadAllText(Path.Combine(Own, name));
            using var key = ECDsa.Create();
            key.ImportFromPem(plain);
            var encrypted = key.ExportEncryptedPkcs8PrivateKeyPem(
                Password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000));
            PrivateFiles.Replace(Path.Combine(Own, name), System.Text.Encoding.ASCII.GetBytes(encrypted));
            markers.Add(plain.Split('\n')[2]); // The number itself; the first line is the same for every key.
            markers.Add(encrypted.Split('\n')[2]);
        }

        return [.. markers];
    }

    private async Task<IReadOnlyList<string>> AskAllAsync(NodeRun node)
    {
        var authority = new X509Certificate2Collection();
        authority.ImportFromPemFile(Path.Combine(Own, "ca.crt"));
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{_http.Port}/"));
        using var client = new ReplicatedBookClient([address], new ClientOptions { Authorities = authority });
        await node.WaitReadyAsync(client);
        var taken = (await client.TakeSnapshotAsync()).Require();
        using var content = new MemoryStream();
        Assert.True((await client.DownloadSnapshotAsync(taken.SnapshotId, content)).IsAnswered);
        var outputs = new List<string> { System.Text.Encoding.Latin1.GetString(content.ToArray()) };
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(authority);
        using var http = new HttpClient(handler) { BaseAddress = address };
        foreach (var path in Paths)
        {
            using var response = await http.GetAsync(path);
            outputs.Add($"{response}\n{await response.Content.ReadAsStringAsync()}");
        }

        return outputs;
    }

    /// <summary>What a node says when it does not start with the secrets it is given.</summary>
    private async Task<IReadOnlyList<string>> RefuseAsync()
    {
        var configured = Path.Combine(_folder, "refused.json");
        await File.WriteAllTextAsync(configured, $$"""{"Http":{"Tls":{"KeyPassword":"{{Password}}"} } }""");
        (string[] Arguments, (string, string)[] Environment)[] wrong =
        [
            ([.. Arguments, $"--Http:Tls:KeyPassword={Password}"], []),
            ([.. Arguments, $"--Http:Tls:KeyPasswort={Password}"], []),
            (["--config", configured], []),
            (Arguments, [("RB_HTTP__TLS__KEYPASSWORT", Password)]),
            (Arguments, [("RB_HTTP__TLS__KEYPASSWORD", Password + "x"), ("RB_PEER__TLS__KEYPASSWORD", Password + "x")]),
            (Arguments, []),
        ];
        var outputs = new List<string>();
        foreach (var (arguments, environment) in wrong)
        {
            await using var refused = NodeRun.Start(Own, arguments, environment);
            Assert.Equal(2, await refused.WaitForExitAsync());
            Assert.Contains(
                refused.Lines, line => line.Contains("The configuration is refused", StringComparison.Ordinal));
            outputs.AddRange(refused.Lines);
        }

        return outputs;
    }
}
