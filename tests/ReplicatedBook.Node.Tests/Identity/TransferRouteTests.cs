namespace ReplicatedBook.Node.Tests.Identity;

public sealed class TransferRouteTests(IdentityFixture node) : IClassFixture<IdentityFixture>
{
    [Fact]
    public async Task Money_moves_from_an_own_account_to_any_and_from_no_other()
    {
        var (alice, _) = await node.Node.AddUserAsync(node.Admin);
        var (bob, _) = await node.Node.AddUserAsync(node.Admin);
        var (asAlice, asBob) = (await node.Node.SignInAsync(alice), await node.Node.SignInAsync(bob));
        var from = (await node.Client.GetAsync("/v1/me", asAlice)).TextAt("accounts", "0");
        var to = (await node.Client.GetAsync("/v1/me", asBob)).TextAt("accounts", "0");
        (await node.Client.PostAsync("/v1/assets", """{"asset":"USD","scale":2}""", node.Admin)).Expect(201);
        (await node.Client.PostAsync(
            $"/v1/accounts/{from}/deposits", """{"asset":"USD","amount":"10.00"}""", node.Admin)).Expect(201);
        Task<Running.Answer> Move((string, string) who, string? source, string? target, string amount) =>
            node.Client.PostAsync(
                "/v1/transfers",
                $$"""
                {"from_account":"{{source}}","to_account":"{{target}}","asset":"USD","amount":"{{amount}}"}
                """,
                who);

        var moved = (await Move(asAlice, from, to, "4.00")).Expect(201);

        Assert.Equal(("4.00", "6.00"), (moved.TextAt("amount"), moved.TextAt("balance", "available")));
        Assert.Equal("4.00", (await node.Client.GetAsync($"/v1/accounts/{to}/balances", asBob)).Expect(200)
            .TextAt("items", "0", "available"));
        (await Move(asBob, from, to, "1.00")).ExpectProblem(404, "not_found", "rejected");
        (await Move(asAlice, from, to, "6.01")).ExpectProblem(422, "insufficient_funds", "rejected");
        (await Move(asAlice, from, from, "1.00")).ExpectProblem(400, "invalid_field", "rejected");
        (await Move(asAlice, from, "a9999", "1.00")).ExpectProblem(404, "not_found", "rejected");
        (await Move(asAlice, from, to, "0.001")).ExpectProblem(400, "invalid_field");
    }
}
