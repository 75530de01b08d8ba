using ReplicatedBook.Cluster.Tests.Chaos;
using Xunit.Runner.InProc.SystemConsole;

namespace ReplicatedBook.Cluster.Tests;

/// <summary>One program for both uses: <c>chaos ...</c> harms a cluster and judges it, everything else is for the test
/// runner.</summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments) => arguments is ["chaos", ..]
        ? ChaosCommand.RunAsync(arguments[1..])
        : ConsoleRunner.Run(arguments);
}
