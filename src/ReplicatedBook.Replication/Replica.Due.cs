using System.Buffers;
using ReplicatedBook.Consensus;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Replication;

/// <content>Letting time pass in the log when something is due and nothing else is written.</content>
public sealed partial class Replica
{
    private long _dueAskedAt;
    private long _dueAskedInTerm;

    /// <summary>At most once per clock tick, and not again before what was asked last is applied, or was refused. What
    /// a deposed leader asked may be lost, so the next one asks itself.</summary>
    private void LetTimePass()
    {
        if (Exchange.NextDue is not { } due || _raft.Role != Role.Leader || !_raft.HasCommittedInTerm
            || due.Microseconds > ClusterTime.Microseconds
            || (_dueAskedAt > AppliedIndex && _dueAskedInTerm == _raft.HardState.Term))
        {
            return;
        }

        (_dueAskedAt, _dueAskedInTerm) = (_raft.Log.LastIndex + _collected.Count + 1, _raft.HardState.Term);
        var command = new ArrayBufferWriter<byte>();
        CommandCodec.Write(command, default(CommandHeader), default(Tick));
        Propose(OwnRequest, command.WrittenSpan, ProposalWait.Applied);
    }
}
