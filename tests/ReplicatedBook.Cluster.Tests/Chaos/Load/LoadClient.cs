using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Histories;

namespace ReplicatedBook.Cluster.Tests.Chaos.Load;

/// <summary>One client: one request at a time, at a drawn node, again at another when it was not answered; notes
/// everything. Its loop is its only owner until that has ended.</summary>
internal sealed class LoadClient(
    int number, IReadOnlyList<NodeCaller> nodes, RequestDraw requests, RandomStream random, LoadTally tally)
{
    private const int MaxAttempts = 3;
    private const int GivesUpPerMille = 300;
    private const int RepeatsPerMille = 40;

    /// <summary>So many requests a client makes at most in a second.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    private long _seen;

    /// <summary>All its operations, in their order. To be read when the loop has ended.</summary>
    public List<ClientOperation> Operations { get; } = [];

    /// <summary>Makes requests until it is told to stop; finishes the last one.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var pace = new PeriodicTimer(Pace);
        while (!stopping.IsCancellationRequested)
        {
            await OperateAsync(requests.Next(_seen));
            try
            {
                await pace.WaitForNextTickAsync(stopping);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task OperateAsync(Request request)
    {
        var operation = new ClientOperation(number, request, ChaosClock.Now) { Ending = Ending.NotExecuted };
        do
        {
            operation.Attempts++;
            var (end, reply) = await nodes[random.Position(nodes.Count)].SendAsync(request);
            operation.Ended = ChaosClock.Now;
            if (end == AttemptEnd.Answered && IsDefinite(operation, reply!))
            {
                (operation.Ending, operation.Reply) = (Ending.Answered, reply);
                _seen = Math.Max(_seen, reply!.Index);
                break;
            }

            if (end != AttemptEnd.NotExecuted)
            {
                operation.Ending = Ending.Unknown; // And stays so until a definite answer, whatever comes.
            }
        }
        while (operation.Attempts < MaxAttempts && !random.Chance(GivesUpPerMille));

        if (request.IsRead && operation.Ending != Ending.Answered)
        {
            return; // A read without an answer tells nothing.
        }

        Operations.Add(operation);
        tally.Count(operation);
        if (operation.Ending == Ending.Answered && request.Key is not null && random.Chance(RepeatsPerMille))
        {
            var (end, reply) = await nodes[random.Position(nodes.Count)].SendAsync(request);
            if (end == AttemptEnd.Answered)
            {
                operation.Repeats.Add(reply!);
                tally.CountRepeat();
            }
        }
    }

    /// <summary>A refusal is remembered under a key only: without one, an attempt that was lost before may yet be
    /// accepted.</summary>
    private static bool IsDefinite(ClientOperation operation, Reply reply) =>
        reply.Code.Length == 0 || operation.Ending != Ending.Unknown || operation.Request.Key is not null;
}
