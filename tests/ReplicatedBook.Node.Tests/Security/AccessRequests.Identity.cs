using ReplicatedBook.Node.Tests.Identity;

namespace ReplicatedBook.Node.Tests.Security;

/// <content>Users, sessions, keys and transfers.</content>
internal sealed partial class AccessRequests
{
    private async Task<(string Path, string? Body)> IdentityAsync(string route, string pattern)
    {
        const string Password = IdentityNode.Password;
        switch (route)
        {
            case "POST /v1/bootstrap":
                return (pattern, Named("somebody", Password));
            case "POST /v1/auth/register":
                return (pattern, Named($"registered-{Next()}", Password));
            case "POST /v1/auth/login":
                return (pattern, Named(cluster.Guest, Password));
            case "POST /v1/auth/refresh":
                var signedIn = await node.PostAsync("/v1/auth/login", Named(cluster.Guest, Password));
                return (pattern, $$"""{"refresh_token":"{{signedIn.Expect(200).TextAt("refresh_token")}}"}""");
            case "POST /v1/auth/logout":
                return (pattern, """{"all":false}""");
            case "PUT /v1/auth/password":
                return (pattern, $$"""{"current":"{{Password}}","new":"{{Password}} {{Next()}}"}""");
            case "POST /v1/api_keys":
                return (pattern, """{"label":"k","scopes":["read"]}""");
            case "DELETE /v1/api_keys/{key_id}":
                var key = await DoAsync("/v1/api_keys", """{"label":"k","scopes":["read"]}""", cluster.Owner);
                return (pattern.Replace("{key_id}", key.TextAt("key_id")), null);
            case "POST /v1/transfers":
                return (pattern, $$"""
                    {"from_account":"{{cluster.Account}}","to_account":"{{cluster.OthersAccount}}","asset":"USD",
                     "amount":"1.00"}
                    """);
            case "POST /v1/users":
                return (pattern, $$"""
                    {"username":"made-{{Next()}}","password":"{{Password}}","roles":["user"]}
                    """);
            case "PATCH /v1/users/{user_id}":
                return (pattern.Replace("{user_id}", "u2"), """{"disabled":false}""");
            default:
                return (pattern.Replace("{user_id}", "u2"), null);
        }
    }

    private static string Named(string username, string password) =>
        $$"""{"username":"{{username}}","password":"{{password}}"}""";
}
