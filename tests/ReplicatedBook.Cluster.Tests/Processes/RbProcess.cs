using System.Diagnostics;

namespace ReplicatedBook.Cluster.Tests.Processes;

/// <summary>Runs the command line as a user does: as a process.</summary>
internal static class RbProcess
{
    /// <summary>The contexts of all runs of this process.</summary>
    public static string ConfigFile { get; } =
        Path.Combine(Path.GetTempPath(), $"rb-contexts-{Guid.NewGuid():N}", "contexts.json");

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>Runs rb to its end.</summary>
    /// <exception cref="TimeoutException">It did not end; it was killed.</exception>
    public static Task<RbResult> RunAsync(params IReadOnlyList<string> arguments) => RunAsync(null, null, arguments);

    /// <summary>Runs rb to its end.</summary>
    /// <param name="input">What it reads, to the end of it; null for whatever this process reads.</param>
    /// <param name="token">Of the variable RB_TOKEN; null for none.</param>
    /// <param name="arguments">As a shell gives them.</param>
    /// <exception cref="TimeoutException">It did not end; it was killed.</exception>
    public static async Task<RbResult> RunAsync(
        string? input, string? token, IReadOnlyList<string> arguments)
    {
        using var process = Start(arguments, input is not null, token);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }

        using var patience = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"rb {string.Join(' ', arguments)} did not end within {Limit.TotalSeconds} s");
        }

        return new RbResult(process.ExitCode, await output, await error);
    }

    /// <summary>Starts rb; its output is redirected and must be read.</summary>
    /// <param name="arguments">As a shell gives them.</param>
    /// <param name="takesInput">Whether its input is redirected, too.</param>
    /// <param name="token">Of the variable RB_TOKEN; null for none.</param>
    /// <param name="environment">Further variables; null for none.</param>
    public static Process Start(
        IReadOnlyList<string> arguments, bool takesInput = false, string? token = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = takesInput,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["RB_CONFIG"] = ConfigFile; // Not the contexts of whoever runs the tests.
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "rb.dll"));
        if (token is not null)
        {
            start.Environment["RB_TOKEN"] = token;
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
