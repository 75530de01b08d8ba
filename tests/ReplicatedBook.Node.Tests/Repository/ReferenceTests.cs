using System.Xml.Linq;

namespace ReplicatedBook.Node.Tests.Repository;

/// <summary>Goal: a project refers to what it may and to nothing else. Method: every project file of src is
/// read.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, (string[] Projects, string[] Packages)> Allowed = new()
    {
        ["Matching"] = ([], ["Microsoft.CodeAnalysis.BannedApiAnalyzers"]),
        ["Consensus"] = ([], ["Microsoft.CodeAnalysis.BannedApiAnalyzers"]),
        ["Replication"] = (["Matching", "Consensus"], []),
        ["Projections"] = (["Matching"], ["Npgsql", "Microsoft.Data.Sqlite.Core", "SQLitePCLRaw.bundle_e_sqlite3"]),
        ["Contracts"] = ([], ["Google.Protobuf", "Grpc.Tools"]),
        ["Node"] = (
            ["Replication", "Projections", "Contracts"],
            ["Microsoft.AspNetCore.OpenApi", "OpenTelemetry", "OpenTelemetry.Exporter.OpenTelemetryProtocol"]),
        ["Client"] = (["Contracts"], []),
        ["Cli"] = (["Client", "Agents"], ["System.CommandLine", "Spectre.Console"]),
        ["Agents"] = (["Client"], []),
        ["DotNext"] = (["Node"], ["DotNext.AspNetCore.Cluster"]),
    };

    [Fact]
    public void Every_product_refers_only_to_what_it_may()
    {
        var projects = ProductFiles().ToList();
        Assert.NotEmpty(projects);
        foreach (var path in projects)
        {
            var name = NameOf(path);
            Assert.True(Allowed.TryGetValue(name, out var allowed), $"{path} is no project of the design");
            var content = XDocument.Load(Path.Combine(RepositoryFiles.Root, path));
            var references = Included(content, "ProjectReference").Select(NameOf).Except(allowed.Projects).ToList();
            var packages = Included(content, "PackageReference").Except(allowed.Packages).ToList();
            Assert.True(references.Count == 0, $"{path} refers to {string.Join(", ", references)}");
            Assert.True(packages.Count == 0, $"{path} uses {string.Join(", ", packages)}");
        }
    }

    [Fact]
    public void Every_banned_symbol_has_its_reason()
    {
        var files = RepositoryFiles.All(".txt").Where(path => Path.GetFileName(path) == "BannedSymbols.txt").ToList();
        Assert.NotEmpty(files);
        foreach (var path in files)
        {
            foreach (var line in RepositoryFiles.Lines(path).Where(line => line.Length > 0 && line[0] != '/'))
            {
                var reason = line.IndexOf(';', StringComparison.Ordinal);
                Assert.True(reason > 0 && line[(reason + 1)..].Trim().Length > 3, $"{path}: no reason in '{line}'");
            }
        }
    }

    [Fact]
    public void Every_product_has_a_readme()
    {
        foreach (var path in ProductFiles())
        {
            var readme = Path.Combine(RepositoryFiles.Root, Path.GetDirectoryName(path)!, "README.md");
            Assert.True(File.Exists(readme), $"{Path.GetDirectoryName(path)} has no README.md");
        }
    }

    private static IEnumerable<string> ProductFiles() =>
        RepositoryFiles.All(".csproj").Where(path => path.StartsWith("src/", StringComparison.Ordinal));

    private static string NameOf(string path) =>
        Path.GetFileNameWithoutExtension(path)["ReplicatedBook.".Length..];

    private static IEnumerable<string> Included(XDocument project, string kind) =>
        project.Descendants(kind).Select(item => item.Attribute("Include")!.Value);
}
