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
        using var pace = new PeriodicTimer(interval);
        await UntilStoppedAsync(async stopping =>
        {
            do
            {
                var seen = await look(stopping);
                Clear(); // Only now, so that nothing flickers while the nodes are asked.
                show(seen);
            }
            while (await pace.WaitForNextTickAsync(stopping));
        });
    }

    /// <summary>On a terminal what is shown next takes the place of what was shown before.</summary>
    public static void Clear()
    {
        if (!Console.IsOutputRedirected)
        {
            Console.Write("\e[H\e[J");
        }
    }

    /// <summary>Does something until the user wants no more.</summary>
    /// <param name="work">What; its token says that it is enough.</param>
    public static async Task UntilStoppedAsync(Func<CancellationToken, Task> work)
    {
        using var stopping = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            await work(stopping.Token);
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
