namespace ReplicatedBook.Cli.DevCluster;

/// <summary>Requests from other terminals to the supervisor: one file each, named verb-node, deleted once carried
/// out.</summary>
/// <remarks>Files, as they need no port, no path limit of sockets and no rights beyond those of the folder. The
/// supervisor alone starts and signals nodes, so a node always hangs on its pipe and the state file has one
/// writer.</remarks>
internal sealed class RequestBox(DevClusterFolder folder)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    /// <summary>Puts a request in and waits until it was carried out.</summary>
    /// <exception cref="UsageException">The supervisor did not take it in time, or refused it.</exception>
    public async Task AskAsync(NodeRequest request, string node, TimeSpan limit, CancellationToken cancellation)
    {
        var file = Path.Combine(folder.RequestFolder, $"{request}-{node}");
        PrivateFiles.Open(file, FileMode.Create).Dispose();
        var until = DateTime.UtcNow + limit;
        while (File.Exists(file))
        {
            if (DateTime.UtcNow > until)
            {
                File.Delete(file);
                throw new UsageException("the development cluster's supervisor does not answer");
            }

            await Task.Delay(LookAgain, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Carries requests out as they come, until given up.</summary>
    /// <param name="carryOut">Called for one request at a time.</param>
    /// <param name="between">Called between looks.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task ServeAsync(
        Func<NodeRequest, string, Task> carryOut, Action between, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            between();
            foreach (var file in Directory.GetFiles(folder.RequestFolder))
            {
                var parts = Path.GetFileName(file).Split('-', 2);
                if (parts.Length == 2 && Enum.TryParse<NodeRequest>(parts[0], out var request))
                {
                    await carryOut(request, parts[1]).ConfigureAwait(false);
                }

                File.Delete(file);
            }

            await Task.Delay(LookAgain, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Forgets what was asked of an earlier supervisor.</summary>
    public void Clear()
    {
        foreach (var file in Directory.GetFiles(folder.RequestFolder))
        {
            File.Delete(file);
        }
    }
}
