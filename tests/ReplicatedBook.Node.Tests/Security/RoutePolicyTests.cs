using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Goal: no route without a declared policy. Method: all endpoints of a node are held against the table, and
/// each policy against every set of roles and scopes.</summary>
public sealed class RoutePolicyTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public void Every_route_has_the_policy_of_the_table_and_the_table_has_every_route()
    {
        var rows = AccessTable.Rows.ToDictionary(row => row.Route);
        var routes =
            (from endpoint in node.Node.Services.GetRequiredService<EndpointDataSource>().Endpoints
             let route = Assert.IsType<RouteEndpoint>(endpoint)
             from method in route.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
             select ($"{method} /{route.RoutePattern.RawText!.TrimStart('/')}", route)).ToList();

        Assert.Equal(rows.Keys.Order(), routes.Select(route => route.Item1).Order());
        Assert.All(routes, found => Assert.Contains(
            Assert.Single(found.route.Metadata.OfType<RoutePolicy>()), rows[found.Item1].Policies));
    }

    [Fact]
    public void A_policy_allows_exactly_those_with_one_of_its_roles_and_all_of_its_scopes()
    {
        for (var bits = 0; bits < 64; bits++)
        {
            var (roles, scopes) = ((Roles)(bits & 15), (Scopes)(bits >> 4));
            var caller = new Caller(new UserId(1), roles, scopes, null);
            var (reads, trades) = (scopes.HasFlag(Scopes.Read), scopes.HasFlag(Scopes.Trade));
            var isAdmin = roles.HasFlag(Roles.Admin);

            Assert.True(RoutePolicy.Public.Allows(caller));
            Assert.Equal(roles != Roles.None && reads, RoutePolicy.User.Allows(caller));
            Assert.Equal(roles != Roles.None && trades, RoutePolicy.UserWrite.Allows(caller));
            Assert.Equal(roles.HasFlag(Roles.User) && trades, RoutePolicy.Trader.Allows(caller));
            Assert.Equal(isAdmin && trades, RoutePolicy.Admin.Allows(caller));
            Assert.Equal(isAdmin && reads, RoutePolicy.AdminRead.Allows(caller));
            Assert.Equal((isAdmin || roles.HasFlag(Roles.Operator)) && trades, RoutePolicy.Operator.Allows(caller));
            Assert.Equal((isAdmin || roles.HasFlag(Roles.Operator)) && reads, RoutePolicy.OperatorRead.Allows(caller));
            Assert.Equal((isAdmin || roles.HasFlag(Roles.Auditor)) && reads, RoutePolicy.Auditor.Allows(caller));
            Assert.Equal(
                (roles & (Roles.Admin | Roles.Operator | Roles.Auditor)) != Roles.None && reads,
                RoutePolicy.OperatorOrAuditor.Allows(caller));
        }
    }
}
