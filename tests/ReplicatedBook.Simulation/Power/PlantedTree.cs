using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ReplicatedBook.Simulation.Power;

/// <summary>A copy of the products and of this simulation in a folder of its own, with every defect planted, built to
/// one program.</summary>
internal static class PlantedTree
{
    private const string Switch = """
        namespace ReplicatedBook;

        internal static class Planted
        {
            public static int Current;

            public static bool Is(int number) => Current == number;
        }
        """;

    /// <summary>The products, in the order in which they are built, with what each refers to.</summary>
    private static readonly (string Name, string[] Uses)[] Projects =
    [
        ("ReplicatedBook.Matching", []),
        ("ReplicatedBook.Consensus", []),
        ("ReplicatedBook.Replication", ["ReplicatedBook.Matching", "ReplicatedBook.Consensus"]),
        ("ReplicatedBook.Simulation", ["ReplicatedBook.Replication"]),
    ];

    /// <summary>Folder of the files that describe what is planted.</summary>
    public static string Defects => Path.Combine(Root(), "tests", "ReplicatedBook.Simulation", "Planted");

    /// <summary>Makes the tree and builds it.</summary>
    /// <param name="folder">Where to; empty.</param>
    /// <param name="defects">What is planted.</param>
    /// <returns>Path of the program's assembly.</returns>
    /// <exception cref="InvalidOperationException">A text to be replaced does not stand where it should, exactly once;
    /// or the result does not compile.</exception>
    public static string Build(string folder, IReadOnlyList<PlantedFile> defects)
    {
        var root = Root();
        var changes = defects.SelectMany(defect => defect.Changes.Select(change => (defect, change)))
            .ToLookup(pair => pair.change.File);
        foreach (var (name, uses) in Projects)
        {
            var source = name == "ReplicatedBook.Simulation" ? $"tests/{name}" : $"src/{name}";
            foreach (var path in SourcesOf(Path.Combine(root, source)))
            {
                var file = Path.GetRelativePath(root, path).Replace('\\', '/');
                var target = Path.Combine(folder, name, Path.GetRelativePath(Path.Combine(root, source), path));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.WriteAllText(target, Plant(file, File.ReadAllText(path), [.. changes[file]]));
            }

            File.WriteAllText(Path.Combine(folder, name, "Planted.cs"), Switch);
            File.WriteAllText(Path.Combine(folder, name, $"{name}.csproj"), ProjectOf(name, uses));
        }

        var missing = defects.SelectMany(defect => defect.Changes).FirstOrDefault(
            change => !File.Exists(Path.Combine(root, change.File)));
        if (missing is not null)
        {
            throw new InvalidOperationException($"{missing.File}, to be changed, does not exist");
        }

        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(folder, "Directory.Build.targets"), "<Project />");
        File.WriteAllText(Path.Combine(folder, "Directory.Packages.props"), "<Project />");
        File.WriteAllText(Path.Combine(folder, "ReplicatedBook.Simulation", "Main.cs"),
            "return ReplicatedBook.Simulation.SimulateCommand.Run(args[1..]);");
        Compile(folder);
        return Path.Combine(folder, "out", "ReplicatedBook.Simulation.dll");
    }

    /// <summary>All sources of a project but tests, and what starts the test runner.</summary>
    private static IEnumerable<string> SourcesOf(string project) =>
        Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories).Where(path =>
        {
            var parts = Path.GetRelativePath(project, path).Split(Path.DirectorySeparatorChar);
            return parts[0] is not ("obj" or "bin" or "Tests" or "Program.cs");
        });

    private static string Plant(
        string file, string text, IReadOnlyList<(PlantedFile Defect, PlantedFile.Change Change)> changes)
    {
        var places = new List<(int Start, PlantedFile.Change Change)>();
        foreach (var (defect, change) in changes)
        {
            var start = text.IndexOf(change.Original, StringComparison.Ordinal);
            if (start < 0 || text.IndexOf(change.Original, start + 1, StringComparison.Ordinal) >= 0)
            {
                throw new InvalidOperationException(
                    $"M{defect.Number:d2}: what it replaces stands {(start < 0 ? "nowhere" : "twice")} in {file}:\n"
                    + change.Original);
            }

            places.Add((start, change));
        }

        places.Sort((one, other) => other.Start.CompareTo(one.Start));
        var end = text.Length;
        foreach (var (start, change) in places)
        {
            if (start + change.Original.Length > end)
            {
                throw new InvalidOperationException($"two defects change the same text of {file}:\n{change.Original}");
            }

            text = text[..start] + change.Replacement + text[(start + change.Original.Length)..];
            end = start;
        }

        return text;
    }

    private static string ProjectOf(string name, string[] uses) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <LangVersion>latest</LangVersion>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
            <InvariantGlobalization>true</InvariantGlobalization>
            <ConcurrentGarbageCollection>false</ConcurrentGarbageCollection>
            <DefineConstants>RB_PLANTED</DefineConstants>
            <NuGetAudit>false</NuGetAudit>
            <WarningLevel>0</WarningLevel>
            <TreatWarningsAsErrors>false</TreatWarningsAsErrors>
            <RunAnalyzers>false</RunAnalyzers>
            <GenerateDocumentationFile>false</GenerateDocumentationFile>
            <OutputType>{(name == "ReplicatedBook.Simulation" ? "Exe" : "Library")}</OutputType>
          </PropertyGroup>
          <ItemGroup>
            <InternalsVisibleTo Include="ReplicatedBook.Simulation" />
            {string.Concat(uses.Select(use => $"<ProjectReference Include=\"../{use}/{use}.csproj\" />"))}
          </ItemGroup>
        </Project>
        """;

    private static void Compile(string folder)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            "build", "ReplicatedBook.Simulation", "-c", "Release", "-o", "out", "-v", "quiet", "-nologo",
            "-nodeReuse:false", "-p:UseSharedCompilation=false",
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"the planted program does not build:\n{output}{errors.Result}");
        }
    }

    private static string Root([CallerFilePath] string here = "")
    {
        var folder = new FileInfo(here).Directory;
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ReplicatedBook.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the tree is not where it was built");
    }
}
