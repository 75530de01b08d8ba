namespace ReplicatedBook.Cli.Output;

/// <summary>Prints what is being done as one line per step: name, dots, result.</summary>
internal sealed class StepPrinter(TextWriter output)
{
    private const int Column = 54;

    /// <summary>Runs a step; its result stands at the end of its line.</summary>
    /// <param name="name">What is being done.</param>
    /// <param name="step">Does it and says how it went.</param>
    public async Task RunAsync(string name, Func<Task<string>> step)
    {
        await output.WriteAsync($"{name} {new string('.', Math.Max(3, Column - name.Length - 1))} ");
        await output.FlushAsync();
        try
        {
            await output.WriteLineAsync(await step());
        }
        catch
        {
            await output.WriteLineAsync("failed");
            throw;
        }
    }
}
