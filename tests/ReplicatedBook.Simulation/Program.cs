using Xunit.Runner.InProc.SystemConsole;

namespace ReplicatedBook.Simulation;

/// <summary>One program for both uses: <c>simulate ...</c> runs seeds, everything else is for the test
/// runner.</summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments) => arguments is ["simulate", ..]
        ? Task.FromResult(SimulateCommand.Run(arguments[1..]))
        : ConsoleRunner.Run(arguments);
}
