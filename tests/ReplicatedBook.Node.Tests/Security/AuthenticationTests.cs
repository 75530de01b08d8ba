using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Goal: no route is entered without a credential. Method: a node with authentication and nobody in
/// it.</summary>
public sealed class AuthenticationTests
{
    [Fact]
    public async Task A_route_that_is_not_public_needs_a_credential_that_holds()
    {
        await using var node = await TestNode.StartAsync(["--Auth:Mode=on"]);

        foreach (var headers in new (string, string)[][]
        {
            [],
            [("Authorization", "Bearer nonsense")],
            [("Authorization", "Basic YWxpY2U6c2VjcmV0")],
            [("Authorization", "Bearer")],
            [("Authorization", "Bearer a"), ("Authorization", "Bearer b")],
        })
        {
            var answer = await node.Client.GetAsync("/v1/accounts", headers);
            answer.ExpectProblem(401, "unauthenticated");
            Assert.Equal("Bearer", answer["www-authenticate"]);
        }
    }

    [Fact]
    public async Task A_path_that_is_no_route_is_not_found_for_everybody()
    {
        await using var node = await TestNode.StartAsync(["--Auth:Mode=on"]);

        (await node.Client.GetAsync("/v1/nothing")).ExpectProblem(404, "not_found");
    }
}
