using System.Net;
using System.Security.Cryptography;
using ReplicatedBook.Cli;
using ReplicatedBook.Cli.DevCluster;
using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Cluster.Tests.Processes;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Benchmarks.Logins;

/// <summary>One node with authentication, as a process of its own with the settings as they are shipped unless told
/// otherwise, and its first administrator signed in. Ended with this process however that ends.</summary>
internal sealed class SecuredNode : IAsyncDisposable
{
    public const string Password = "kettle under the stairs";

    private const string Admin = "root";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly PortLease _http = PortLease.Take();
    private readonly PortLease _peer = PortLease.Take();
    private readonly string _folder = Directory.CreateTempSubdirectory("replicatedbook-bench-").FullName;
    private readonly string _token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
    private readonly NodePlan _plan;
    private readonly NodeProcess _process;

    private SecuredNode(IReadOnlyList<string> flags)
    {
        var (member, data) = (new NodeMember("n1", _http.Port, _peer.Port), Path.Combine(_folder, "n1"));
        var tokenFile = Path.Combine(_folder, "bootstrap-token");
        PrivateFiles.Replace(tokenFile, System.Text.Encoding.ASCII.GetBytes(_token));
        _plan = new NodePlan(
            member.Name, member.Endpoint, member.PeerPort,
            [
                "--Cluster:Id=bench", $"--Auth:BootstrapTokenFile={tokenFile}", .. member.Flags([member], data),
                .. flags,
            ],
            _folder, data + ".log");
        _process = NodeProcess.Start(_plan);
    }

    public Uri Address => _plan.Endpoint;

    public IPEndPoint Socket => new(IPAddress.Loopback, _http.Port);

    public int Pid => _process.Identity.Pid;

    /// <summary>The administrator's access token, which holds for a quarter of an hour.</summary>
    public string Bearer { get; private set; } = "";

    /// <summary>Acts for the administrator.</summary>
    public ReplicatedBookClient NewClient() =>
        new([Address], new ClientOptions { Credentials = Credentials.Of(Bearer) });

    /// <summary>Starts it and waits until it gives tokens out.</summary>
    public static async Task<SecuredNode> StartAsync(params IReadOnlyList<string> flags)
    {
        var node = new SecuredNode(flags);
        try
        {
            await node.SignInAsync();
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await _process.KillAsync();
        }

        _process.Dispose();
        _http.Dispose();
        _peer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task SignInAsync()
    {
        using var client = new ReplicatedBookClient([Address]);
        var credentials = new CredentialsRequest { Username = Admin, Password = Password };
        var session = await Patience.UntilAsync(
            async () =>
            {
                await client.BootstrapAsync(credentials, _token); // Refused once it was done.
                var login = await client.LoginAsync(credentials);
                return login.Kind == OutcomeKind.Committed ? login.Value : null;
            },
            Limit, () => $"nobody could sign in\n{LogTail.Of(_plan.LogPath)}");
        Bearer = session.AccessToken;
    }
}
