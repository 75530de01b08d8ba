using System.Runtime.InteropServices;

namespace ReplicatedBook.Cli.Output;

/// <summary>Shows something again and again until Ctrl-C: in place on a terminal, one below the other
/// elsewhere.</summary>
internal static class Watch
{
    /// <summary>Runs until the user wants no more.</summary>
    /// <param name="interval">From one showing to the next.</param>
    /// <param name="look">Looks anew.</param>
    /// <param name="show">Prints what was seen.</param>
    public static async Task RunAsync<T>(TimeSpan interval, Func<CancellationToken, Task<T>> look, Action<T> show)
    {
        using var stopping = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var pace = new PeriodicTimer(interval);
        try
        {
            do
            {
                var seen = await look(stopping.Token);
                if (!Console.IsOutputRedirected)
                {
                    Console.Write("\e[H\e[J"); // Cleared only now, so that nothing flickers while the nodes are asked.
                }

                show(seen);
            }
            while (await pace.WaitForNextTickAsync(stopping.Token));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // That is how it ends.
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }
    }
}
