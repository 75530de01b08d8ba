using System.Diagnostics;
using System.Net.Sockets;

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

        var readable = new List<Socket>(connections.Count);
        var bySocket = connections.ToDictionary(connection => connection.Socket);
        while (!tally.IsOver)
        {
            WaitForAnswers(connections, readable, Look);
            foreach (var socket in readable)
            {
                var connection = bySocket[socket];
                if (connection.Receive() is { } answer)
                {
                    var now = Stopwatch.GetTimestamp();
                    tally.Count(answer, connection, now);
                    if (!connection.HasEnded)
                    {
                        connection.Send(now);
                    }
                }
            }

            tally.Look();
        }

        Drain(connections, readable, bySocket, tally);
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
        using var pause = new ManualResetEvent(false); // Never set.
        var idle = new Stack<WireConnection>(connections);
        var readable = new List<Socket>(connections.Count);
        var bySocket = connections.ToDictionary(connection => connection.Socket);
        var started = Stopwatch.GetTimestamp();
        long sent = 0;
        while (!tally.IsOver)
        {
            var due = (long)((Stopwatch.GetTimestamp() - started) / interval);
            while (sent < due && idle.TryPop(out var free))
            {
                free.Send(started + (long)(++sent * interval));
            }

            if (idle.Count == connections.Count)
            {
                pause.WaitOne(Pace);
            }

            WaitForAnswers(connections, readable, Pace);
            foreach (var socket in readable)
            {
                var connection = bySocket[socket];
                if (connection.Receive() is { } answer)
                {
                    tally.Count(answer, connection, Stopwatch.GetTimestamp());
                    if (!connection.HasEnded)
                    {
                        idle.Push(connection);
                    }
                }
            }

            tally.Look();
        }

        Drain(connections, readable, bySocket, tally);
        return tally.ToResult();
    }

    /// <summary>Every connection sends its next request when it has its answer, until told to stop.</summary>
    /// <returns>When each acknowledgement came, as <see cref="Stopwatch.GetTimestamp"/>.</returns>
    public static List<long> TimesOfAcknowledgements(
        IReadOnlyList<WireConnection> connections, CancellationToken isOver)
    {
        var times = new List<long>();
        var readable = new List<Socket>(connections.Count);
        var bySocket = connections.ToDictionary(connection => connection.Socket);
        foreach (var connection in connections)
        {
            connection.Send(0);
        }

        while (!isOver.IsCancellationRequested)
        {
            WaitForAnswers(connections, readable, Look);
            foreach (var socket in readable)
            {
                var connection = bySocket[socket];
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

    private static void WaitForAnswers(
        IReadOnlyList<WireConnection> connections, List<Socket> readable, TimeSpan limit)
    {
        readable.Clear();
        foreach (var connection in connections)
        {
            if (connection.IsBusy)
            {
                readable.Add(connection.Socket);
            }
        }

        if (readable.Count > 0)
        {
            Socket.Select(readable, null, null, limit);
        }
    }

    /// <summary>Hears the last answers out, so that all that was acknowledged is known.</summary>
    private static void Drain(
        IReadOnlyList<WireConnection> connections, List<Socket> readable,
        Dictionary<Socket, WireConnection> bySocket, WireTally tally)
    {
        var until = Stopwatch.GetTimestamp() + (10 * Stopwatch.Frequency);
        while (connections.Any(connection => connection.IsBusy) && Stopwatch.GetTimestamp() < until)
        {
            WaitForAnswers(connections, readable, Look);
            foreach (var socket in readable)
            {
                if (bySocket[socket].Receive() is { } answer)
                {
                    tally.Count(answer, bySocket[socket], Stopwatch.GetTimestamp());
                }
            }
        }
    }
}
