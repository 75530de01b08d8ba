using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Goal: each caller reaches exactly what the table says, on whichever node. Method: every route of the table,
/// asked by everybody about objects of the owner's, on the leader and on a follower of one cluster. Who is let in gets
/// an object of their own to act on, so each answer is that of the first time.</summary>
public sealed class AccessMatrixTests(GuardedCluster cluster) : IClassFixture<GuardedCluster>
{
    private static readonly string[] Refusals = ["unauthenticated", "token_expired", "forbidden", "not_found"];

    [Fact]
    public async Task What_was_refused_and_what_was_done_is_on_record_alike_on_every_node()
    {
        var nodes = await cluster.LeaderAndFollowerAsync();
        (await nodes[1].PostAsync("/v1/assets", """{"asset":"AUD","scale":2}""", cluster.Admin)).Expect(201);
        (await nodes[1].PostAsync("/v1/assets", "{}", cluster.Owner)).Expect(403);
        var index = (await nodes[0].GetAsync("/v1/audit", cluster.Admin)).Expect(200).Index;

        var shown = new List<string>();
        foreach (var node in nodes)
        {
            shown.Add((await node.GetAsync($"/v1/audit?limit=1000&at_index={index}", cluster.Admin)).Expect(200).Text);
        }

        Assert.Single(shown.Distinct());
        Assert.Contains("asset:AUD", shown[0], StringComparison.Ordinal);
    }

    private static string CodeOf(int caller) =>
        AccessTable.Callers[caller] == "expired" ? "token_expired" : "unauthenticated";

    public static TheoryData<string> Routes => [.. AccessTable.Rows.Select(row => row.Route)];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Everybody_is_answered_as_the_table_says(string route)
    {
        var row = AccessTable.Rows.Single(each => each.Route == route);
        foreach (var node in await cluster.LeaderAndFollowerAsync())
        {
            var requests = new AccessRequests(node, cluster);
            var shared = await requests.OfAsync(route, 0);
            for (var caller = 0; caller < AccessTable.Callers.Length; caller++)
            {
                var request = row.IsIn(caller)
                    ? await requests.OfAsync(route, caller)
                    : shared with { Credential = cluster.Credentials[caller] };

                var answer = await request.SendAsync(node);

                Assert.True(
                    row.StatusFor(caller) == (int)answer.Status,
                    $"{route} answers {(int)answer.Status} instead of {row.StatusFor(caller)} to "
                        + $"{AccessTable.Callers[caller]}: {answer.Text}");
                Assert.Equal((int)answer.Status == 401, answer.Headers.ContainsKey("www-authenticate"));
                Assert.True(row.Verdicts[caller] != "401" || answer.Code == CodeOf(caller));
                if (!row.IsIn(caller))
                {
                    Assert.Contains(answer.Code, Refusals);
                }
            }
        }
    }
}
