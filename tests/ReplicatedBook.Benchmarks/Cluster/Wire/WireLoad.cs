using System.Diagnostics;

namespace ReplicatedBook.Benchmarks.Cluster.Wire;

/// <summary>Drives many connections from one thread, so that the load costs the machine as little as it can: it shares
/// the cores with the nodes it measures.</summary>
internal static class WireLoad
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    // A request at a fixed rate may leave so late, which counts as its own time: to spin until the moment would take a
    // core from the nodes.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(1);

    /// <summary>Every connection sends its next request when it has its answer.</summary>
    /// <param name="connections">Idle ones; they stay open.</param>
    /// <param name="warmUp">Not counted.</param>
    /// <param name="measured">Counted.</param>
    /// <param name="processes">Whose processor time is counted.</param>
    public static LoadResult Closed(
        IReadOnlyList<WireConnection> connections, TimeSpan warmUp, TimeSpan measured, CpuClock processes)
    {
        var tally = new WireTally(warmUp, measured, processes);
        foreach (var connection in connections)
        {
            connection.Send(Stopwatch.GetTimestamp());
        }

        using var ready = new ReadyConnections<WireConnection>(connections);
        while (!tally.IsOver)
        {
            foreach (var connection in ready.Wait(Look))
            {
                if (connection.Receive() is { } answer)
                {
                    var now = Stopwatch.GetTimestamp();
                    tally.Count(answer, connection.Since, connection.SentAt, now);
                    if (!connection.HasEnded)
                    {
                        connection.Send(now);
                    }
                }
            }

            tally.Look();
        }

        Drain(connections, ready, tally);
        return tally.ToResult();
    }

    /// <summary>Requests fall due at a fixed rate whether or not earlier ones were answered; those that find no idle
    /// connection wait at the client, and their time counts from when they were due.</summary>
    /// <param name="connections">Idle ones; as many as may be under way at once.</param>
    /// <param name="perSecond">Rate.</param>
    /// <param name="warmUp">Not counted.</param>
    /// <param name="measured">Counted.</param>
    /// <param name="processes">Whose processor time is counted.</param>
    public static LoadResult Open(
        IReadOnlyList<WireConnection> connections, double perSecond, TimeSpan warmUp, TimeSpan measured,
        CpuClock processes)
    {
        var tally = new WireTally(warmUp, measured, processes);
        var interval = Stopwatch.Frequency / perSecond;
        var idle = new Stack<WireConnection>(connections);
        using var ready = new ReadyConnections<WireConnection>(connections);
        var started = Stopwatch.GetTimestamp();
        long sent = 0;
        while (!tally.IsOver)
        {
            var due = (long)((Stopwatch.GetTimestamp() - started) / interval);
            while (sent < due && idle.TryPop(out var free))
            {
                if (!free.HasEnded) // While it was idle.
                {
                    free.Send(started + (long)(++sent * interval));
                }
            }

            foreach (var connection in ready.Wait(Pace))
            {
                if (connection.Receive() is { } answer)
                {
                    tally.Count(answer, connection.Since, connection.SentAt, Stopwatch.GetTimestamp());
                    if (!connection.HasEnded)
                    {
                        idle.Push(connection);
                    }
                }
            }

            tally.Look();
        }

        Drain(connections, ready, tally);
        return tally.ToResult();
    }

    /// <summary>Every connection sends its next request when it has its answer, until told to stop.</summary>
    /// <returns>When each acknowledgement came, as <see cref="Stopwatch.GetTimestamp"/>.</returns>
    public static List<long> TimesOfAcknowledgements(
        IReadOnlyList<WireConnection> connections, CancellationToken isOver)
    {
        var times = new List<long>();
        using var ready = new ReadyConnections<WireConnection>(connections);
        foreach (var connection in connections)
        {
            connection.Send(0);
        }

        while (!isOver.IsCancellationRequested)
        {
            foreach (var connection in ready.Wait(Look))
            {
                if (connection.Receive() is { } answer && !connection.HasEnded)
                {
                    if (answer.Kind == WireOutcome.Done)
                    {
                        times.Add(Stopwatch.GetTimestamp());
                    }

                    connection.Send(0);
                }
            }
        }

        return times;
    }

    /// <summary>Hears the last answers out, so that all that was acknowledged is known.</summary>
    private static void Drain(
        IReadOnlyList<WireConnection> connections, ReadyConnections<WireConnection> ready, WireTally tally)
    {
        var until = Stopwatch.GetTimestamp() + (10 * Stopwatch.Frequency);
        while (connections.Any(connection => connection.IsBusy) && Stopwatch.GetTimestamp() < until)
        {
            foreach (var connection in ready.Wait(Look))
            {
                if (connection.Receive() is { } answer)
                {
                    tally.Count(answer, connection.Since, connection.SentAt, Stopwatch.GetTimestamp());
                }
            }
        }
    }
}
