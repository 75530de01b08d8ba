using ReplicatedBook.Consensus;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Gateway;

/// <summary>Asks all members at once, this node included.</summary>
internal sealed class MemberCalls(
    IReplicatedLog log, IReplicaReader reader, IPeerCalls peers, NodeCalls own, TimeProvider time)
{
    /// <summary>Every member's report, in the order given; null from those that did not answer in time.</summary>
    public Task<NodeReport?[]> ReportsAsync(IReadOnlyList<NodeId> members, CancellationToken patience) =>
        Task.WhenAll(members.Select(member => ReportAsync(member, patience)));

    /// <summary>Every member's digest at one index, whether they are the same, and if not, since when.</summary>
    /// <param name="members">Whom to ask.</param>
    /// <param name="atIndex">At which index; null for the highest that every member has applied that answers.</param>
    /// <param name="withStateHash">Also compares the hashes of the whole state.</param>
    /// <param name="timeout">Time for all of it.</param>
    public async Task<Comparison> CompareAsync(
        IReadOnlyList<NodeId> members, long? atIndex, bool withStateHash, TimeSpan timeout)
    {
        // A member that does not answer must not take the time of the steps that follow.
        using var indexPatience = new CancellationTokenSource(timeout / 4, time);
        using var patience = new CancellationTokenSource(timeout, time);
        var index = atIndex ?? await CommonIndexAsync(members, indexPatience.Token);
        using var digestPatience = new CancellationTokenSource(timeout / 2, time);
        var reports = await DigestsAsync(members, new DigestCall(index, withStateHash), digestPatience.Token);
        if (Agree(reports))
        {
            return new Comparison(index, reports, true, null);
        }

        var answering = members.Where((_, i) => reports[i].Error.Length == 0).ToList();
        var isInDigests = !Agree(Array.ConvertAll(reports, report => report with { StateHash = null }));
        return new Comparison(
            index, reports, false, isInDigests ? await FirstDivergenceAsync(answering, index, patience.Token) : null);
    }

    /// <summary>Hands leadership over, from whichever node leads.</summary>
    public async ValueTask<bool> TransferAsync(NodeId? target, CancellationToken patience)
    {
        var status = log.Status;
        try
        {
            if (status.Leader is not { } leader || leader == status.Node)
            {
                return await log.TransferLeadershipAsync(target, patience);
            }

            var answer = await peers.CallAsync(
                leader, PeerCallKind.TransferLeader, TransferCall.ToBytes(target), patience);
            return answer.Delivery == PeerDelivery.Answered && TransferCall.ReadAnswer(answer.Body.Span);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<long> CommonIndexAsync(IReadOnlyList<NodeId> members, CancellationToken patience)
    {
        var common = log.Status.AppliedIndex;
        foreach (var report in await ReportsAsync(members, patience))
        {
            common = Math.Min(common, report?.AppliedIndex ?? common);
        }

        return common;
    }

    /// <summary>The lowest index at which the members differ, who do so at <paramref name="index"/>; null unless all
    /// were seen to agree right before it.</summary>
    private async Task<long?> FirstDivergenceAsync(
        IReadOnlyList<NodeId> members, long index, CancellationToken patience)
    {
        // The digest is a chain: once it differs it differs for ever, so the first difference can be searched by
        // halves. A member that no longer holds an index proves nothing there.
        var (low, high, agreed) = (Math.Max(1, reader.OldestRecord), index, 0L);
        while (low < high && !patience.IsCancellationRequested)
        {
            var middle = low + ((high - low) / 2);
            var past = await DigestsAsync(members, new DigestCall(middle, false), patience);
            if (!Agree(past))
            {
                high = middle;
                continue;
            }

            low = middle + 1;
            agreed = Array.TrueForAll(past, report => report.Error.Length == 0) ? middle : agreed;
        }

        return low == high && agreed == low - 1 ? low : null;
    }

    private async Task<NodeReport?> ReportAsync(NodeId member, CancellationToken patience)
    {
        if (member == log.Status.Node)
        {
            return NodeReport.Of(log.Status);
        }

        var body = await CallAsync(member, PeerCallKind.Status, default, patience);
        return body is { } bytes ? NodeReport.Read(bytes.Span) : null;
    }

    private Task<DigestReport[]> DigestsAsync(
        IReadOnlyList<NodeId> members, DigestCall call, CancellationToken patience) =>
        Task.WhenAll(members.Select(member => DigestAsync(member, call, patience)));

    private async Task<DigestReport> DigestAsync(NodeId member, DigestCall call, CancellationToken patience)
    {
        var unreachable = DigestReport.Failed(DigestReport.Unreachable);
        if (member != log.Status.Node)
        {
            var body = await CallAsync(member, PeerCallKind.Digest, call.ToBytes(), patience);
            return body is { } bytes ? DigestReport.Read(bytes.Span) ?? unreachable : unreachable;
        }

        try
        {
            return await own.DigestAsync(call, patience);
        }
        catch (Exception failure) when (failure is OperationCanceledException or ReplicaStoppedException)
        {
            return unreachable;
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>?> CallAsync(
        NodeId member, PeerCallKind kind, ReadOnlyMemory<byte> body, CancellationToken patience)
    {
        try
        {
            var answer = await peers.CallAsync(member, kind, body, patience);
            return answer.Delivery == PeerDelivery.Answered ? answer.Body : null;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return null;
        }
    }

    private static bool Agree(DigestReport[] reports)
    {
        DigestReport? first = null;
        foreach (var report in reports)
        {
            if (report.Error.Length != 0)
            {
                continue;
            }

            first ??= report;
            if (report.Digest != first.Digest || report.StateHash != first.StateHash)
            {
                return false;
            }
        }

        return true;
    }
}
