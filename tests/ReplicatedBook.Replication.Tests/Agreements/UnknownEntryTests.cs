using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Replication.Storage;
using ReplicatedBook.Replication.Tests.Port;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Agreements;

/// <summary>Goal: an entry of a later build stops a node before it is applied, and what old logs hold keeps its
/// meaning. Method: one replica, given entries as a leader of that build would send them.</summary>
public sealed class UnknownEntryTests
{
    private static readonly NodeId One = new("n1");
    private static readonly NodeId Two = new("n2");
    private static readonly byte[] LaterVersion = [0x96, 2, 1, 0, 0xC0, 0, 0];
    private static readonly byte[] LaterKind = [0x96, 1, 99, 0, 0xC0, 0, 0];
    private static readonly byte[] Garbage = [0xFF, 2, 1];

    private readonly Replica _replica = new(
        new ReplicaOptions
        {
            Raft = new RaftConfig { Id = One, Seed = 1 },
            Bootstrap = Membership.OfVoters([One, Two, new NodeId("n3")]),
        },
        new RecoveredState(default, default, null, [], 0, 0), monotonic: 0, wall: 1);

    private long _last;

    [Fact]
    public void A_level_of_a_later_build_stops_the_node_before_the_entry()
    {
        Commit(Commands.CreateAsset("USD", 2));

        var exception = Assert.Throws<UnsupportedFormatException>(() => Commit(Commands.SetFeatureLevel(8)));

        Assert.Equal(1, _replica.AppliedIndex);
        Assert.Equal(
            "this needs a later build: entry 2 needs feature level 8, this build supports 7", exception.Message);
    }

    [Fact]
    public void From_level_2_on_an_unknown_version_or_kind_stops_the_node_before_the_entry()
    {
        Commit(Commands.SetFeatureLevel(2));
        Commit(Garbage);
        Assert.Equal(RejectReason.MalformedCommand, _replica.Records.At(2)!.Value.Reason);

        var kind = Assert.Throws<UnsupportedFormatException>(() => Commit(LaterKind));

        Assert.Equal(2, _replica.AppliedIndex);
        Assert.EndsWith(
            "entry 3 needs command 99 of version 1, this build knows up to 52 of version 4", kind.Message,
            StringComparison.Ordinal);
        Assert.Throws<UnsupportedFormatException>(() => _replica.Flush());
        Assert.Equal(2, _replica.AppliedIndex);
    }

    [Fact]
    public void What_is_wrapped_stops_the_node_as_if_it_were_not()
    {
        Commit(Commands.SetFeatureLevel(FeatureLevels.Identity));

        var kind = Assert.Throws<UnsupportedFormatException>(() => Commit(Commands.Wrapped(LaterKind)));

        Assert.Equal(1, _replica.AppliedIndex);
        Assert.EndsWith(
            "entry 2 needs command 99 of version 1, this build knows up to 52 of version 4", kind.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrapped_level_of_a_later_build_stops_the_node_too()
    {
        Commit(Commands.SetFeatureLevel(FeatureLevels.Identity));

        var level = Assert.Throws<UnsupportedFormatException>(
            () => Commit(Commands.Wrapped(Commands.SetFeatureLevel(8))));

        Assert.Equal(
            "this needs a later build: entry 2 needs feature level 8, this build supports 7", level.Message);
    }

    [Fact]
    public void At_level_1_they_are_malformed_as_they_always_were()
    {
        foreach (var command in new[] { LaterVersion, LaterKind, Garbage })
        {
            Commit(command);
            Assert.Equal(RejectReason.MalformedCommand, _replica.Records.At(_last)!.Value.Reason);
        }
    }

    [Fact]
    public void What_the_leader_does_not_know_is_not_proposed()
    {
        while (_replica.Raft.Role == Role.Follower)
        {
            _replica.Tick();
            Flush();
        }

        Take(new RequestVoteReply(Two, One, 1, IsGranted: true, IsPreVote: true));
        Take(new RequestVoteReply(Two, One, 1, IsGranted: true, IsPreVote: false));
        Assert.Equal(Role.Leader, _replica.Raft.Role);

        _replica.Propose(1, LaterVersion, ProposalWait.Applied);
        _replica.Propose(2, LaterKind, ProposalWait.Applied);
        _replica.Propose(3, Commands.SetFeatureLevel(2), ProposalWait.Applied);

        Assert.Equal(
            [1L, 2L, 3L],
            _replica.Flush().Proposals
                .Where(completed => completed.Proposal.Outcome == ProposalOutcome.NotSupported)
                .Select(completed => completed.RequestId));
    }

    private void Commit(byte[] command)
    {
        var entry = new LogEntry(
            _last + 1, 1, EntryKind.Command,
            EntryPayload.Create(new Timestamp(1_000 + _last), command, new ByteArena()));
        Take(new AppendEntries(Two, One, 1, _last, _last == 0 ? 0 : 1, [entry], ++_last, 0, 0));
    }

    private void Take(RaftMessage message)
    {
        _replica.Receive(message);
        Flush();
    }

    private void Flush()
    {
        for (var output = _replica.Flush(); output.Persist.Count > 0; output = _replica.Flush())
        {
            var written = output.Persist[^1].Sequence;
            _replica.ClearOutput();
            _replica.Persisted(written);
        }

        _replica.ClearOutput();
    }
}
