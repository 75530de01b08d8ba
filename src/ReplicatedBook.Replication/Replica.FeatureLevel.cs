using System.Buffers;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Replication;

/// <content>Raising the feature level once every member carries out more (RELIABILITY P18).</content>
public sealed partial class Replica
{
    /// <summary>Request of this replica itself; hosts number theirs from 1.</summary>
    private const long OwnRequest = 0;

    /// <summary>A claim holds for so many reports: a member that has gone silent may come back as an older
    /// build.</summary>
    private const int ClaimReports = 4;

    private long _levelAskedInTerm;

    /// <summary>Feature level of the state.</summary>
    public int FeatureLevel => Exchange.FeatureLevel;

    /// <summary>See <see cref="ReplicaStatus.IdentityIndex"/>.</summary>
    public long IdentityIndex => Exchange.IdentityIndex;

    /// <summary>On a leader whose state is below what it supports: the members that must first support more, or be
    /// heard of; in order of id. Else empty.</summary>
    public IReadOnlyList<NodeId> HeldBackBy { get; private set; } = [];

    /// <summary>Whether a command may be proposed: an unknown one, or one of a level that is not reached, would stop or
    /// split the nodes that do not know it.</summary>
    private bool IsSupported(ReadOnlySpan<byte> command) =>
        Exchange.LevelNeededBy(command) <= FeatureLevel
        && (!FeatureLevels.TryReadTarget(command, out var level) || level <= CommonLevel());

    /// <summary>Once in a term, unless it was refused: then at the next clock tick again.</summary>
    private void RaiseFeatureLevel()
    {
        var isDone = FeatureLevel >= _options.SupportedLevel;
        if (isDone || _raft.Role != Role.Leader || !_raft.HasCommittedInTerm)
        {
            HeldBackBy = [];
            return;
        }

        var level = CommonLevel();
        HeldBackBy = level < _options.SupportedLevel ? WhoSupportsLess() : [];
        if (level > FeatureLevel && _levelAskedInTerm != _raft.HardState.Term)
        {
            _levelAskedInTerm = _raft.HardState.Term;
            var command = new ArrayBufferWriter<byte>();
            CommandCodec.Write(command, default(CommandHeader), new SetFeatureLevel(level));
            Propose(OwnRequest, command.WrittenSpan, ProposalWait.Applied);
        }
    }

    /// <summary>The highest level that every member claims.</summary>
    private int CommonLevel()
    {
        var level = _options.SupportedLevel;
        for (var i = 0; i < Members.Count; i++)
        {
            level = Math.Min(level, ClaimOf(Members[i]));
        }

        return level;
    }

    private NodeId[] WhoSupportsLess()
    {
        var nodes = new List<NodeId>();
        for (var i = 0; i < Members.Count; i++)
        {
            if (ClaimOf(Members[i]) < _options.SupportedLevel)
            {
                nodes.Add(Members[i]);
            }
        }

        nodes.Sort();
        return [.. nodes];
    }

    private int ClaimOf(NodeId member)
    {
        if (member == _options.Raft.Id)
        {
            return _options.SupportedLevel;
        }

        var peer = Agreement.Find(member);
        return peer is not null && _ticks - peer.HeardAt <= ClaimReports * _options.ReportEveryTicks
            ? peer.SupportedLevel
            : FeatureLevels.First;
    }

    /// <summary>Before an entry is applied: one that this build does not know must stop it here, for what comes after
    /// depends on it.</summary>
    private void RequireSupported(in LogEntry entry)
    {
        if (entry.Kind != EntryKind.Command
            || !EntryPayload.TryRead(entry.Payload.Span, out _, out var command))
        {
            return;
        }

        var needs = Exchange.Needs(command);
        if (needs is null && FeatureLevels.TryReadTarget(command, out var level) && level > _options.SupportedLevel)
        {
            needs = $"feature level {level}, this node is set to support {_options.SupportedLevel}";
        }

        if (needs is not null)
        {
            throw new UnsupportedFormatException($"entry {entry.Index} needs {needs}");
        }
    }

    private void RequireSupported(Exchange exchange)
    {
        if (exchange.FeatureLevel > _options.SupportedLevel)
        {
            throw new UnsupportedFormatException(
                $"the state needs feature level {exchange.FeatureLevel}, this node is set to support "
                + $"{_options.SupportedLevel}");
        }
    }
}
