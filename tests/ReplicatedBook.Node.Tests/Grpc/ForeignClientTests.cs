using System.Diagnostics;
using ReplicatedBook.Node.Tests.Repository;

namespace ReplicatedBook.Node.Tests.Grpc;

/// <summary>Goal: others' gRPC understands ours. Method: gRPC's own client for Node.js calls a node in every way there
/// is. Skipped where Node.js or its packages are not to be had.</summary>
public sealed class ForeignClientTests(GrpcFixture node) : IClassFixture<GrpcFixture>
{
    private const string Modules = "RB_NODE_MODULES"; // A folder of installed packages, from whoever runs the tests.

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_client_of_nodejs_passes_every_kind_of_call()
    {
        var folder = Directory.CreateTempSubdirectory("rb-grpc-js-").FullName;
        try
        {
            var modules = Environment.GetEnvironmentVariable(Modules) ?? await InstallAsync(folder);
            var (code, output) = await RunAsync(
                "node", folder, [("NODE_PATH", modules)],
                Path.Combine(RepositoryFiles.Root, "tests/ReplicatedBook.Node.Tests/Grpc/Foreign/client.js"),
                node.Client.Address.Authority,
                    Path.Combine(RepositoryFiles.Root, "src/ReplicatedBook.Contracts/Protos"),
                await node.NewAccountAsync());
            Assert.True(code == 0, output);
            Assert.Equal(7, output.Split('\n').Count(line => line.EndsWith(" ok", StringComparison.Ordinal)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> InstallAsync(string folder)
    {
        try
        {
            var (code, output) = await RunAsync(
                "npm", folder, [], "install", "--no-save", "--ignore-scripts", "--prefix", folder, "@grpc/grpc-js",
                "@grpc/proto-loader");
            Assert.SkipUnless(code == 0, $"@grpc/grpc-js cannot be installed: {output}");
        }
        catch (Exception absent) when (absent is System.ComponentModel.Win32Exception or OperationCanceledException)
        {
            Assert.Skip($"Node.js and npm are not to be had: {absent.Message}");
        }

        return Path.Combine(folder, "node_modules");
    }

    private static async Task<(int Code, string Output)> RunAsync(
        string program, string folder, (string, string)[] variables, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
