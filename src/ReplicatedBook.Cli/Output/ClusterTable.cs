using ReplicatedBook.Cli.DevCluster;

namespace ReplicatedBook.Cli.Output;

/// <summary>The one table of all nodes.</summary>
internal static class ClusterTable
{
    public static void Print(IEnumerable<NodeReport> reports) => Tables.Print(
        ["NODE", "ROLE", "API", ">COMMIT", ">APPLIED", "DIGEST", "READY"],
        reports.Select(report => (IReadOnlyList<string>)
        [
            report.Name,
            report.Role,
            report.Endpoint.GetLeftPart(UriPartial.Authority),
            report.IsUp ? $"{report.CommitIndex}" : "-",
            report.IsUp ? $"{report.AppliedIndex}" : "-",
            report.Digest,
            report.IsReady ? "yes" : "no",
        ]));
}
