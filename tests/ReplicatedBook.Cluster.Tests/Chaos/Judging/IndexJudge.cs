using ReplicatedBook.Cluster.Tests.Chaos.Load;
using ReplicatedBook.Simulation.Histories;

namespace ReplicatedBook.Cluster.Tests.Chaos.Judging;

/// <summary>The indexes that answers tell respect real time and name one state each.</summary>
internal static class IndexJudge
{
    /// <summary>Judges all answers; adds what is wrong.</summary>
    public static void Judge(IReadOnlyList<ClientOperation> operations, Violations violations)
    {
        var answered = operations.Where(operation => operation.Ending == Ending.Answered).ToList();
        NeverBack(
            answered.Where(operation => !operation.Request.IsRead || operation.Request.IsStrong), "real_time_index",
            violations);
        foreach (var node in answered.Where(operation => operation.Request is { IsRead: true, IsStrong: false })
            .GroupBy(operation => operation.Reply!.Node))
        {
            NeverBack(node, "weak_monotonic", violations);
        }

        foreach (var operation in answered)
        {
            violations.Require(
                operation.Request.MinIndex is not { } least || operation.Reply!.Index >= least,
                "min_index", operation.ToString);
        }

        OneStatePerIndex(answered, violations);
    }

    /// <summary>What ended before something else began has no higher index.</summary>
    private static void NeverBack(IEnumerable<ClientOperation> operations, string promise, Violations violations)
    {
        var byBegin = operations.OrderBy(operation => operation.Begun).ToList();
        var byEnd = byBegin.OrderBy(operation => operation.Ended).ToList();
        ClientOperation? highest = null;
        var ended = 0;
        foreach (var operation in byBegin)
        {
            for (; ended < byEnd.Count && byEnd[ended].Ended < operation.Begun; ended++)
            {
                highest = highest is null || byEnd[ended].Reply!.Index > highest.Reply!.Index ? byEnd[ended] : highest;
            }

            var before = highest;
            violations.Require(
                before is null || before.Reply!.Index <= operation.Reply!.Index, promise,
                () => $"{before} ended before {operation} began");
        }
    }

    private static void OneStatePerIndex(IEnumerable<ClientOperation> operations, Violations violations)
    {
        var digests = new Dictionary<long, Reply>();
        foreach (var reply in operations.SelectMany(operation => operation.Repeats.Append(operation.Reply!)))
        {
            if (reply.Digest.Length == 0)
            {
                violations.Add("digests", $"an answer without a digest: {reply}");
            }
            else if (!digests.TryAdd(reply.Index, reply))
            {
                var other = digests[reply.Index];
                violations.Require(
                    other.Digest == reply.Digest && other.Term == reply.Term, "digests", () => $"{other} and {reply}");
            }
        }
    }
}
