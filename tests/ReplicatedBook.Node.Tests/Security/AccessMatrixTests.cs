using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Goal: each caller reaches exactly what the table says, on whichever node. Method: every route of the table,
/// asked by everybody about objects of the owner's, on the leader and on a follower of one cluster. Who is let in gets
/// an object of their own to act on, so each answer is that of the first time.</summary>
public sealed class AccessMatrixTests(GuardedCluster cluster) : IClassFixture<GuardedCluster>
{
    private static readonly string[] Refusals = ["unauthenticated", "token_expired", "forbidden", "not_found"];

    public static TheoryData<string> Routes => [.. AccessTable.Rows.Select(row => row.Route)];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Everybody_is_answered_as_the_table_says(string route)
    {
        var row = AccessTable.Rows.Single(each => each.Route == route);
        foreach (var node in await cluster.LeaderAndFollowerAsync())
        {
            var requests = new AccessRequests(node, cluster);
            var shared = await requests.OfAsync(route);
            for (var caller = 0; caller < AccessTable.Callers.Length; caller++)
            {
                var request = row.IsIn(caller) ? await requests.OfAsync(route) : shared;

                var answer = await request.SendAsync(node, GuardedCluster.Credentials[caller]);

                Assert.True(
                    row.StatusFor(caller) == (int)answer.Status,
                    $"{route} answers {(int)answer.Status} instead of {row.StatusFor(caller)} to "
                        + $"{AccessTable.Callers[caller]}: {answer.Text}");
                Assert.Equal((int)answer.Status == 401, answer.Headers.ContainsKey("www-authenticate"));
                if (!row.IsIn(caller))
                {
                    Assert.Contains(answer.Code, Refusals);
                }
            }
        }
    }
}
