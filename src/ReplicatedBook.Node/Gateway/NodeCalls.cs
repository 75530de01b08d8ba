using System.Buffers;
using ReplicatedBook.Consensus;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Gateway;

/// <summary>Answers what other nodes ask: to propose for them, and about state.</summary>
internal sealed class NodeCalls(IReplicatedLog log, IReplicaReader reader, TimeProvider time) : IPeerCallHandler
{
    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> HandleAsync(
        NodeId from, PeerCallKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellation) => kind switch
        {
            PeerCallKind.Submit => await SubmitAsync(body),
            PeerCallKind.Status => NodeReport.Of(log.Status).ToBytes(),
            PeerCallKind.Digest => await DigestAsync(body, cancellation),
            PeerCallKind.TransferLeader => await TransferAsync(body, cancellation),
            PeerCallKind.Introduce => PeerIntroduction.Own.ToBytes(),
            _ => default,
        };

    /// <summary>This node's digest at an index, and its state hash where asked for.</summary>
    public async ValueTask<DigestReport> DigestAsync(DigestCall call, CancellationToken cancellation)
    {
        if (log.Status.AppliedIndex < call.Index)
        {
            return DigestReport.Failed(DigestReport.NotReached);
        }

        var record = reader.RecordAt(call.Index);
        if (!call.WithStateHash)
        {
            return record is { } kept
                ? new DigestReport("", kept.Term, kept.Digest, null)
                : DigestReport.Failed(DigestReport.Compacted);
        }

        var reading = await reader.ReadAtAsync(
            call.Index,
            static exchange =>
            {
                Span<byte> hash = stackalloc byte[Digest.Size];
                exchange.StateHash(hash);
                return Digest.FromBytes(hash);
            },
            cancellation);
        return reading is { } read
            ? new DigestReport("", read.Term, read.Digest, read.Value)
            : DigestReport.Failed(DigestReport.Compacted);
    }

    // Not given up when the connection breaks: the command is in the log by then or not, whoever listens.
    private async ValueTask<ReadOnlyMemory<byte>> SubmitAsync(ReadOnlyMemory<byte> body)
    {
        if (ForwardCall.Read(body.Span) is not { } call)
        {
            return ForwardAnswer.NotApplied(ProposalOutcome.NotLeader).ToBytes();
        }

        using var timeout = new CancellationTokenSource(call.Timeout, time);
        try
        {
            var proposal = await log.ProposeAsync(call.Command, call.Wait, timeout.Token);
            return ForwardAnswer.From(proposal, reader).ToBytes();
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return ForwardAnswer.NotApplied(ProposalOutcome.Unknown).ToBytes();
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> TransferAsync(
        ReadOnlyMemory<byte> body, CancellationToken cancellation) =>
        TransferCall.ToAnswer(
            TransferCall.TryRead(body.Span, out var target) && await log.TransferLeadershipAsync(target, cancellation));

    private async ValueTask<ReadOnlyMemory<byte>> DigestAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        if (DigestCall.Read(body.Span) is not { } call)
        {
            return default;
        }

        var report = await DigestAsync(call, cancellation);
        return report.ToBytes();
    }
}
