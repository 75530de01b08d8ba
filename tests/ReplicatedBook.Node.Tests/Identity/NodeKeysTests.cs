using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Gateway.Admission;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security.Identity;
using ReplicatedBook.Node.Security.Tokens;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Node.Tests.Identity;

/// <summary>Goal: a node whose next signing key has to wait goes on serving with the present one. Method: a node whose
/// pauses are short, and what it waits for withheld.</summary>
public sealed class NodeKeysTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rb-identity-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_node_whose_state_does_not_follow_its_key_in_time_asks_again_and_stays()
    {
        WithheldReader? withheld = null;
        var token = IdentityNode.WriteToken(_folder);
        await using var node = await TestNode.StartAsync(IdentityNode.Settings(_folder), more: services => services
            .AddSingleton<TimeProvider>(new HastyTime())
            .AddSingleton<IReplicaReader>(provider =>
                withheld ??= new WithheldReader(provider.GetRequiredService<RaftReplicatedLog>())));

        await withheld!.GivenUp.WaitAsync(TestClient.Patience);

        var identity = new IdentityNode(node);
        await identity.WaitUntilReadyAsync();
        (await identity.BootstrapAsync(token)).Expect(201);
        (await node.Client.GetAsync("/v1/me", await identity.SignInAsync(IdentityNode.Admin))).Expect(200);
        Assert.False(IsStopping(node));
    }

    [Fact]
    public async Task A_disk_that_refuses_the_next_key_leaves_the_present_one_signing_until_it_takes_it()
    {
        var token = IdentityNode.WriteToken(_folder);
        await using var node = await TestNode.StartAsync(
            IdentityNode.Settings(_folder, "--Auth:SigningKeyLifetime=00:00:01", "--Rates:Reads=100000"),
            more: services => services
                .AddSingleton<TimeProvider>(new HastyTime())
                .AddSingleton(provider =>
                {
                    var data = provider.GetRequiredService<NodeSettings>().Node.DataDirectory;
                    Directory.CreateDirectory(NextKeyPath(data)); // No file can have its name.
                    return new SigningKeyFile(new DurableDisk(), data);
                }));
        var identity = new IdentityNode(node);
        await identity.WaitUntilReadyAsync();
        (await identity.BootstrapAsync(token)).Expect(201);
        var keys = node.Services.GetRequiredService<NodeKeys>();
        var next = NextKeyPath(Path.Combine(node.Folder, "data"));
        var first = keys.Current!.Id;
        var bearer = await identity.SignInAsync(IdentityNode.Admin);

        // Each attempt leaves another key under the name that it could not change.
        var attempts = new HashSet<string>();
        await UntilAsync(async () =>
        {
            (await node.Client.GetAsync("/v1/me", bearer)).Expect(200);
            attempts.UnionWith(Directory.EnumerateFiles(Path.GetDirectoryName(next)!, "*.next.pem.*").Select(Content));
            return attempts.Count >= 2;
        });
        Assert.Equal(first, keys.Current!.Id);
        Assert.False(IsStopping(node));
        (await identity.LoginAsync(IdentityNode.Admin)).Expect(200);

        Directory.Delete(next);

        await UntilAsync(async () =>
        {
            (await node.Client.GetAsync("/v1/me", bearer)).Expect(200);
            return keys.Current!.Id != first;
        });
        (await node.Client.GetAsync("/v1/me", await identity.SignInAsync(IdentityNode.Admin))).Expect(200);
    }

    /// <summary>Goal: a machine that was taken out of the cluster signs for nobody, whoever has its disk. Method: the
    /// key of a node that is no member.</summary>
    [Fact]
    public async Task The_key_of_a_node_that_is_no_member_is_retired()
    {
        await using var node = await TestNode.StartAsync(
            IdentityNode.Settings(_folder, "--Rates:Reads=100000"),
            more: services => services.AddSingleton<TimeProvider>(new HastyTime()));
        await new IdentityNode(node).WaitUntilReadyAsync();
        using var key = SigningKey.Create();
        var command = new AddSigningKey(key.Id, "taken-out", new Bytes32(key.X), new Bytes32(key.Y));
        var submission = await node.Services.GetRequiredService<CommandGateway>().SubmitAsync(new PendingCommand(
            (buffer, header) => CommandCodec.Write(buffer, header, command), default, default, IsRepeatable: true,
            ProposalWait.Applied, new CommandSource(default, null), TestClient.Patience));
        Assert.Equal(RejectReason.None, submission.Proposal!.Applied.Reason);

        var own = node.Services.GetRequiredService<NodeKeys>().Current!.Id;
        await UntilAsync(async () =>
        {
            var known = (await node.Client.GetAsync("/.well-known/jwks.json")).Expect(200).At("keys")
                .EnumerateArray().Select(each => each.GetProperty("kid").GetString()).ToList();
            Assert.Contains(own, known);
            return !known.Contains(key.Id);
        });
    }

    private static string NextKeyPath(string data) => Path.Combine(data, "identity", "signing-key.next.pem");

    private static bool IsStopping(TestNode node) =>
        node.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    // An attempt may delete the file of the one before it while it is being read.
    private static string Content(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (FileNotFoundException)
        {
            return "";
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TestClient.Patience);
        while (!await holds())
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }
}
