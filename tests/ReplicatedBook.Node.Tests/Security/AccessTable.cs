using ReplicatedBook.Node.Security;
using ReplicatedBook.Node.Tests.Repository;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>The table of who may use which route, as it stands in <c>access.txt</c>.</summary>
internal static class AccessTable
{
    private const string Path = "tests/ReplicatedBook.Node.Tests/Security/access.txt";

    /// <summary>Who asks, in the order of the table's columns.</summary>
    public static readonly string[] Callers =
        ["owner", "other", "auditor", "operator", "admin", "none", "expired", "foreign"];

    private static readonly Dictionary<string, RoutePolicy[]> Policies = new()
    {
        ["P"] = [RoutePolicy.Public, RoutePolicy.Unlimited],
        ["U"] = [RoutePolicy.User, RoutePolicy.UserWrite],
        ["T"] = [RoutePolicy.Trader],
        ["A"] = [RoutePolicy.Admin, RoutePolicy.AdminRead],
        ["O"] = [RoutePolicy.Operator, RoutePolicy.OperatorRead],
        ["O,R"] = [RoutePolicy.OperatorOrAuditor],
        ["R"] = [RoutePolicy.Auditor],
    };

    /// <summary>All rows.</summary>
    public static IReadOnlyList<AccessRow> Rows { get; } =
    [
        .. RepositoryFiles.Lines(Path).Where(line => !line.StartsWith('#')).Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(words => new AccessRow(
                $"{words[0]} {words[1]}", Policies[words[2]], int.Parse(words[3]), words[4..])),
    ];
}
