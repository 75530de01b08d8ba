namespace ReplicatedBook.Node.Tests.Repository;

/// <summary>Goal: a node in a container has no more rights than it needs. Method: the files that make the container are
/// read.</summary>
public sealed class ContainerTests
{
    private static readonly string[] Dockerfile = RepositoryFiles.Lines("src/ReplicatedBook.Node/Dockerfile");
    private static readonly string[] Compose = RepositoryFiles.Lines("docker-compose.yml");

    [Fact]
    public void The_image_runs_as_a_user_without_rights_and_without_a_shell()
    {
        var last = Array.FindLastIndex(Dockerfile, line => line.StartsWith("FROM ", StringComparison.Ordinal));
        var ofImage = Dockerfile[last..];

        Assert.Equal(
            "USER $APP_UID", Assert.Single(ofImage, line => line.StartsWith("USER ", StringComparison.Ordinal)));
        Assert.StartsWith(
            "ENTRYPOINT [", Assert.Single(ofImage, line => line.StartsWith("ENTRYPOINT", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.True(
            Array.FindIndex(ofImage, line => line.StartsWith("USER ", StringComparison.Ordinal))
            > Array.FindLastIndex(ofImage, line => line.StartsWith("RUN ", StringComparison.Ordinal)),
            "something is done as another user after the image's own was named");
        Assert.DoesNotContain(Dockerfile, line => line.StartsWith("ADD ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("node", 3)]
    [InlineData("agent", 4)]
    public void Every_node_and_every_agent_is_confined(string kind, int services)
    {
        var common = Array.IndexOf(Compose, $"x-{kind}: &{kind}");
        var ofKind = Compose[common..Array.IndexOf(Compose, "", common)];

        Assert.Contains("  read_only: true", ofKind);
        Assert.Contains("  cap_drop: [ALL]", ofKind);
        Assert.Contains("  security_opt: [\"no-new-privileges:true\"]", ofKind);
        Assert.Equal(services, Compose.Count(text => text == $"    <<: *{kind}"));
    }

    [Fact]
    public void Nothing_secret_is_in_what_containers_are_made_of()
    {
        string[] forbidden = ["PASSWORD", "SECRET", "TOKEN", "PRIVATE KEY", "PRIVILEGED"];

        Assert.DoesNotContain(
            Dockerfile.Concat(Compose),
            line => forbidden.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }
}
