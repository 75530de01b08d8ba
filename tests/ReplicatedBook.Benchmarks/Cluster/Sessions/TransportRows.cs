using ReplicatedBook.Benchmarks.Cluster.Wire;

namespace ReplicatedBook.Benchmarks.Cluster.Sessions;

/// <summary>Orders over open sessions of one transport.</summary>
/// <param name="transport">Which.</param>
/// <param name="market">What is traded.</param>
/// <param name="pids">Processes whose processor time counts.</param>
/// <param name="warmUp">Not counted.</param>
/// <param name="measured">Counted.</param>
internal sealed class TransportRows(
    Transport transport, LoadMarket market, IReadOnlyList<int> pids, TimeSpan warmUp, TimeSpan measured)
{
    private const int RateWindow = 256; // Per session; what is due beyond it waits at the client, and counts.

    /// <summary>One session that sends its next order when it has its answer.</summary>
    public LoadResult OneByOne() => Run(1, 1, SessionLoad.Closed);

    /// <summary>As much as goes: every session keeps so many orders under way.</summary>
    public LoadResult Most(int sessions, int window) => Run(sessions, window, SessionLoad.Closed);

    /// <summary>Orders at a fixed rate, whatever becomes of earlier ones.</summary>
    public LoadResult AtRate(int sessions, double perSecond) =>
        Run(sessions, RateWindow, (open, tally) => SessionLoad.Open(open, perSecond, tally));

    private LoadResult Run(
        int sessions, int window, Func<IReadOnlyList<SessionConnection>, WireTally, LoadResult> load)
    {
        var open = transport.Open(market, sessions, window);
        try
        {
            return load(open, new WireTally(warmUp, measured, new CpuClock(pids)));
        }
        finally
        {
            open.ForEach(session => session.Dispose());
        }
    }
}
