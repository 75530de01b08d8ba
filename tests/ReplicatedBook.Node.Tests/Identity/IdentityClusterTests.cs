using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Identity;

/// <summary>Goal: who is let in is the same on every node, at once. Method: three whole nodes in one process, real
/// links between them.</summary>
public sealed class IdentityClusterTests : IAsyncLifetime
{
    private static int _last;

    private readonly string _folder = Directory.CreateTempSubdirectory("rb-identity-").FullName;
    private readonly List<IdentityNode> _nodes = [];
    private string _token = "";

    public async ValueTask InitializeAsync()
    {
        _token = IdentityNode.WriteToken(_folder);
        TestMember[] members =
        [
            .. Enumerable.Range(1, 3).Select(k => new TestMember($"n{k}", TestNode.FreePort(), TestNode.FreePort())),
        ];
        var cluster = $"identity-{Interlocked.Increment(ref _last)}";
        foreach (var member in members)
        {
            _nodes.Add(new IdentityNode(await TestNode.StartAsync(
                IdentityNode.Settings(
                    _folder, "--Raft:ElectionTimeout=00:00:01", "--Rates:Reads=100000",
                    "--Rates:FailedLoginsOfAddress=1000", "--Rates:FailedLoginsOfUser=1000"),
                member.Id, members, cluster)));
        }

        foreach (var node in _nodes)
        {
            await node.WaitUntilReadyAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.Node.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Of_bootstraps_at_once_on_all_nodes_one_makes_an_administrator()
    {
        var answers = await Task.WhenAll(
            _nodes.SelectMany((node, at) => new[] { $"first-{at}", $"second-{at}" }
                .Select(name => node.BootstrapAsync(_token, name))));

        var made = Assert.Single(answers, answer => (int)answer.Status == 201);
        Assert.All(answers.Where(answer => answer != made), answer => Assert.Equal("bootstrap_done", answer.Code));
        var admin = await _nodes[0].SignInAsync(made.TextAt("username")!);
        var users = (await _nodes[1].Client.GetAsync("/v1/users", admin)).Expect(200);
        Assert.Single(users.At("items").EnumerateArray());
    }

    /// <summary>Goal: what ends at one node has ended at all, and what begins at one has begun. Method: each is done at
    /// a node and tried at the others: what begins, at once; what ends, once the other has applied it.</summary>
    [Fact]
    public async Task Logins_keys_logouts_roles_and_disabling_count_on_every_node()
    {
        (await _nodes[0].BootstrapAsync(_token)).Expect(201);
        var admin = await _nodes[1].SignInAsync(IdentityNode.Admin);
        for (var at = 0; at < _nodes.Count; at++)
        {
            var node = _nodes[at];
            var (name, id) = await node.AddUserAsync(admin);
            var session = await node.SignInAsync(name);
            await ExpectAsync(session, 200);
            var key = (await node.Client.PostAsync("/v1/api_keys", """{"scopes":["read"]}""", session)).Expect(201);
            var asKey = IdentityNode.Bearer(key.TextAt("secret")!);
            await ExpectAsync(asKey, 200);

            (await node.Client.PostAsync("/v1/auth/logout", "{}", session)).Expect(204);
            await ExpectAsync(session, 401);
            await ExpectAsync(asKey, 200);

            var before = await node.SignInAsync(name);
            (await node.Client.PatchAsync($"/v1/users/{id}", """{"roles":["auditor"]}""", admin)).Expect(200);
            await ExpectAsync(before, 401);

            var last = await node.SignInAsync(name);
            (await node.Client.PatchAsync($"/v1/users/{id}", """{"disabled":true}""", admin)).Expect(200);
            await ExpectAsync(last, 401);
            await ExpectAsync(asKey, 401);
        }
    }

    [Fact]
    public async Task A_key_is_changed_on_every_node_and_every_node_takes_what_every_other_signs()
    {
        (await _nodes[0].BootstrapAsync(_token)).Expect(201);
        foreach (var node in _nodes)
        {
            var old = await node.SignInAsync(IdentityNode.Admin);
            (await node.Client.PostAsync("/v1/node/signing_keys", "", old)).Expect(201);
            await ExpectAsync(old, 200);
            await ExpectAsync(await node.SignInAsync(IdentityNode.Admin), 200);
        }

        var keys = (await _nodes[2].Client.GetAsync("/.well-known/jwks.json")).Expect(200).At("keys");
        Assert.Equal(6, keys.GetArrayLength());
    }

    // Ends are judged by a node's own state: a strong read, of a public route, brings it to where the end is.
    private async Task ExpectAsync((string, string) credential, int status)
    {
        foreach (var node in _nodes)
        {
            if (status == 401)
            {
                (await node.Client.GetAsync("/v1/assets")).Expect(200);
            }

            (await node.Client.GetAsync("/v1/me", credential)).Expect(status);
        }
    }
}
