namespace ReplicatedBook.Node.Hosting;

/// <summary>Stops the node when its standard input ends, so that it does not outlive the supervisor that holds the
/// other end.</summary>
/// <remarks>Only with <c>RB_EXIT_WITH_STDIN=1</c>; a node started by hand or as a service has no such input.</remarks>
internal sealed class StandardInputGuard(IHostApplicationLifetime lifetime) : IHostedService
{
    private const string Variable = "RB_EXIT_WITH_STDIN";

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellation)
    {
        if (Environment.GetEnvironmentVariable(Variable) == "1")
        {
            var thread = new Thread(WaitForEnd) { Name = "standard input", IsBackground = true };
            thread.Start();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellation) => Task.CompletedTask;

    private void WaitForEnd()
    {
        using var input = Console.OpenStandardInput();
        Span<byte> ignored = stackalloc byte[64];
        while (input.Read(ignored) > 0)
        {
        }

        lifetime.StopApplication();
    }
}
