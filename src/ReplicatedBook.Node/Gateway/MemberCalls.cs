using ReplicatedBook.Consensus;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Gateway;

/// <summary>Asks all members at once, this node included.</summary>
internal sealed class MemberCalls(IReplicatedLog log, IReplicaReader reader, IPeerCalls peers, NodeCalls own)
{
    /// <summary>Every member's report, in the order given; null from those that did not answer in time.</summary>
    public Task<NodeReport?[]> ReportsAsync(IReadOnlyList<NodeId> members, CancellationToken patience) =>
        Task.WhenAll(members.Select(member => ReportAsync(member, patience)));

    /// <summary>The highest index that every member has applied that answers.</summary>
    public async Task<long> CommonIndexAsync(IReadOnlyList<NodeId> members, CancellationToken patience)
    {
        // Half of the time may go into finding the index; the digests need the other half.
        var common = log.Status.AppliedIndex;
        foreach (var report in await ReportsAsync(members, patience))
        {
            common = Math.Min(common, report?.AppliedIndex ?? common);
        }

        return common;
    }

    /// <summary>Every member's digest at one index, whether they are the same, and if not, since when.</summary>
    public async Task<Comparison> CompareAsync(
        IReadOnlyList<NodeId> members, DigestCall call, CancellationToken patience)
    {
        var reports = await DigestsAsync(members, call, patience);
        if (Agree(reports))
        {
            return new Comparison(reports, true, null);
        }

        // The digest is a chain: once it differs it differs for ever, so the first difference can be searched by
        // halves.
        var (low, high) = (Math.Max(1, reader.OldestRecord), call.Index);
        while (low < high && !patience.IsCancellationRequested)
        {
            var middle = low + ((high - low) / 2);
            var past = await DigestsAsync(members, new DigestCall(middle, false), patience);
            if (Agree(past))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return new Comparison(reports, false, patience.IsCancellationRequested ? null : low);
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
