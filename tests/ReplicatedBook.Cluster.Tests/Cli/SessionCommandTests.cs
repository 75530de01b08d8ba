using ReplicatedBook.Cluster.Tests.Client;
using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Cli;

/// <summary>Goal: a login is kept for its own nodes only, in a file that is its user's alone. Method: the real program
/// against doubles of nodes.</summary>
public sealed class SessionCommandTests : IDisposable
{
    private const string Me = """{"user_id":"u7","username":"ann","roles":["user"],"scopes":["read"],"accounts":[]}""";

    private const string Login =
        """
        {"access_token":"A1","token_type":"Bearer","expires_in":900,"refresh_token":"R1",
         "user":{"user_id":"u7","username":"ann","roles":["user"],"disabled":false,"created_at":"t","version":1}}
        """;

    private readonly string _password = Path.GetTempFileName();

    [Fact]
    public async Task A_login_is_used_until_it_is_ended_and_for_its_own_nodes_only()
    {
        await File.WriteAllTextAsync(
            _password, "kettle under the stairs\n", TestContext.Current.CancellationToken);
        await using var node = new NodeDouble().Answer(200, Login).Answer(200, Me).Answer(204, "");
        await using var other = new NodeDouble().Problem(401, "unauthenticated", "not_executed");
        var name = $"ann-{Guid.NewGuid():N}";

        var login = await RbProcess.RunAsync(
            "login", "ann", "--password-file", _password, "--name", name, "--endpoint", node.Endpoint.Authority);
        Assert.True(login.ExitCode == 0, login.Output + login.Error);
        Assert.Equal("""{"username":"ann","password":"kettle under the stairs"}""", node.Bodies[0]);
        Assert.DoesNotContain("A1", login.Output, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(RbProcess.ConfigFile));
        }

        var elsewhere = await RbProcess.RunAsync(
            "whoami", "--context", name, "--endpoint", other.Endpoint.Authority);
        Assert.Equal((1, "-"), (elsewhere.ExitCode, other.Bearers.Single()));
        Assert.Contains("ann", (await RbProcess.RunAsync("whoami", "--context", name)).Output);
        Assert.Equal("Bearer A1", node.Bearers[1]);
        Assert.Contains(name, (await RbProcess.RunAsync("context", "list")).Output);
        Assert.Equal(0, (await RbProcess.RunAsync("logout", "--context", name)).ExitCode);
        Assert.Equal(2, (await RbProcess.RunAsync("whoami", "--context", name)).ExitCode);
    }

    public void Dispose() => File.Delete(_password);
}
