using System.Buffers;
using ReplicatedBook.Consensus;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Replication;

/// <content>Letting time pass in the log when something is due and nothing else is written.</content>
public sealed partial class Replica
{
    private Timestamp? _dueAsked;
    private long _dueAskedInTerm;

    /// <summary>Once for what is due next, unless it was refused: then at the next clock tick again. What a deposed
    /// leader asked may be lost, so the next one asks itself.</summary>
    private void LetTimePass()
    {
        if (Exchange.NextDue is not { } due || _raft.Role != Role.Leader || !_raft.HasCommittedInTerm
            || due.Microseconds > ClusterTime.Microseconds
            || (_dueAsked == due && _dueAskedInTerm == _raft.HardState.Term))
        {
            return;
        }

        (_dueAsked, _dueAskedInTerm) = (due, _raft.HardState.Term);
        var command = new ArrayBufferWriter<byte>();
        CommandCodec.Write(command, default(CommandHeader), default(Tick));
        Propose(OwnRequest, command.WrittenSpan, ProposalWait.Applied);
    }
}
