using System.Diagnostics;
using ReplicatedBook.Benchmarks.Cluster.Wire;

namespace ReplicatedBook.Benchmarks.Cluster.Sessions;

/// <summary>Drives open sessions from one thread.</summary>
internal static class SessionLoad
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Orders fall due at a fixed rate whether or not earlier ones were answered, in turn over the sessions;
    /// where all windows are full they wait at the client, and their time counts from when they were due: so that a
    /// server that stands still is not asked less.</summary>
    /// <param name="sessions">Open ones; they stay open.</param>
    /// <param name="perSecond">Rate.</param>
    /// <param name="tally">What is counted, and until when.</param>
    public static LoadResult Open(IReadOnlyList<SessionConnection> sessions, double perSecond, WireTally tally)
    {
        using var ready = new ReadyConnections<SessionConnection>(sessions);
        var interval = Stopwatch.Frequency / perSecond;
        var started = Stopwatch.GetTimestamp();
        long sent = 0;
        var turn = 0;
        while (!tally.IsOver)
        {
            var due = (long)((Stopwatch.GetTimestamp() - started) / interval);
            for (var full = 0; sent < due && full < sessions.Count; turn = (turn + 1) % sessions.Count)
            {
                if (!sessions[turn].HasRoom)
                {
                    full++;
                    continue;
                }

                full = 0;
                sessions[turn].Write(started + (long)(++sent * interval));
            }

            Turn(sessions, ready, Pace, tally);
        }

        return Finish(sessions, ready, tally);
    }

    /// <summary>Every session keeps its window full.</summary>
    /// <param name="sessions">Open ones; they stay open.</param>
    /// <param name="tally">What is counted, and until when.</param>
    public static LoadResult Closed(IReadOnlyList<SessionConnection> sessions, WireTally tally)
    {
        using var ready = new ReadyConnections<SessionConnection>(sessions);
        while (!tally.IsOver)
        {
            foreach (var session in sessions)
            {
                while (session.HasRoom)
                {
                    session.Write(Stopwatch.GetTimestamp());
                }
            }

            Turn(sessions, ready, Look, tally);
        }

        return Finish(sessions, ready, tally);
    }

    private static void Turn(
        IReadOnlyList<SessionConnection> sessions, ReadyConnections<SessionConnection> ready, TimeSpan limit,
        WireTally tally)
    {
        foreach (var session in sessions)
        {
            session.Flush();
        }

        foreach (var session in ready.Wait(limit))
        {
            session.Receive(tally);
        }

        tally.Look();
    }

    /// <summary>Hears the last answers out, so that all that was acknowledged is known.</summary>
    private static LoadResult Finish(
        IReadOnlyList<SessionConnection> sessions, ReadyConnections<SessionConnection> ready, WireTally tally)
    {
        var until = Stopwatch.GetTimestamp() + (10 * Stopwatch.Frequency);
        while (sessions.Any(session => session.UnderWay > 0 && !session.HasEnded)
            && Stopwatch.GetTimestamp() < until)
        {
            Turn(sessions, ready, Look, tally);
        }

        var lost = sessions.Sum(session => session.UnderWay);
        var result = tally.ToResult();
        return result with { Failed = result.Failed + lost };
    }
}
