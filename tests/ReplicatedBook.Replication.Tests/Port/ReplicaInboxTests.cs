using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Consensus.Messages;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Port;

/// <summary>Goal: one at a time has the turn, nothing urgent is left lying, and writes wait for the write under
/// way.</summary>
public sealed class ReplicaInboxTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly LogEntry[] OneEntry = [new LogEntry(1, 1, EntryKind.NoOp, default)];

    private readonly ReplicaInbox _inbox;
    private int _borrowed;

    public ReplicaInboxTests() => _inbox = new ReplicaInbox(8, 8, () => _borrowed++);

    [Fact]
    public void The_turn_begins_with_the_owner()
    {
        Propose();
        _inbox.Add(_ => { });

        Assert.Equal(0, _borrowed);
        var contents = _inbox.Take(new InboxContents());
        Assert.Equal((1, 1), (contents.Proposals.Count, contents.Calls.Count));
    }

    [Fact]
    public void Whoever_brings_something_while_nobody_has_the_turn_runs_it()
    {
        Assert.True(_inbox.TryEndTurn(holdsWrites: false));

        Propose();
        Assert.Equal(1, _borrowed);
        Propose(); // While the first one still has it.
        Assert.Equal(1, _borrowed);
        Assert.Equal(2, _inbox.Take(new InboxContents()).Proposals.Count);
        Assert.True(_inbox.TryEndTurn(holdsWrites: false));
    }

    [Fact]
    public void A_turn_does_not_end_over_what_came_meanwhile()
    {
        Propose();
        Assert.False(_inbox.TryEndTurn(holdsWrites: false));
        Assert.True(_inbox.TryEndTurn(holdsWrites: true));

        Assert.Equal(0, _borrowed);
        _inbox.AddPersisted(1);
        Assert.Equal(1, _borrowed);
        Assert.Single(_inbox.Take(new InboxContents()).Proposals);
    }

    [Fact]
    public void Only_proposals_and_entries_of_the_leader_wait_for_the_write_under_way()
    {
        foreach (var (add, isHeld) in Kinds())
        {
            _inbox.Take(new InboxContents());
            Assert.True(_inbox.TryEndTurn(holdsWrites: true));
            var before = _borrowed;

            add();

            Assert.Equal(isHeld ? before : before + 1, _borrowed);
            if (isHeld)
            {
                _inbox.Add(_ => { });
            }
        }
    }

    [Fact]
    public void The_owner_gets_the_turn_from_whoever_has_it()
    {
        Assert.True(_inbox.TryEndTurn(holdsWrites: false));
        Propose();
        Assert.False(_inbox.WaitForTurn(TimeSpan.Zero)); // The bringer has it.

        Assert.True(_inbox.TryEndTurn(holdsWrites: false)); // Although the proposal waits: the owner takes it.
        Assert.True(_inbox.WaitForTurn(Patience));
        Propose();
        Assert.Equal(1, _borrowed);
    }

    [Fact]
    public void The_owner_takes_a_turn_that_nobody_has_when_its_time_has_come()
    {
        Assert.True(_inbox.TryEndTurn(holdsWrites: true));
        Propose();

        Assert.True(_inbox.WaitForTurn(TimeSpan.Zero));
        Assert.Single(_inbox.Take(new InboxContents()).Proposals);
    }

    [Fact]
    public void Proposals_that_come_together_are_left_to_the_owner()
    {
        Propose();
        Propose();
        _inbox.Take(new InboxContents());
        Assert.True(_inbox.TryEndTurn(holdsWrites: false));

        Propose();
        Propose();

        Assert.Equal(0, _borrowed);
        Assert.True(_inbox.WaitForTurn(Patience)); // It was woken.
        Assert.Equal(2, _inbox.Take(new InboxContents()).Proposals.Count);

        Propose();
        Assert.Single(_inbox.Take(new InboxContents()).Proposals);
        Assert.True(_inbox.TryEndTurn(holdsWrites: false));
        Propose(); // The last one was alone.
        Assert.Equal(1, _borrowed);
    }

    [Fact]
    public void Proposals_that_are_added_together_are_taken_in_one_turn()
    {
        Assert.True(_inbox.TryEndTurn(holdsWrites: false));

        _inbox.AddTogether(() =>
        {
            Propose();
            Propose();
            Assert.Equal(0, _borrowed);
        });

        Assert.Equal(1, _borrowed);
        Assert.Equal(2, _inbox.Take(new InboxContents()).Proposals.Count);
        Assert.True(_inbox.TryEndTurn(holdsWrites: false));
        Propose(); // The last ones came together, so it is left to the owner.
        Assert.Equal(1, _borrowed);
        Assert.True(_inbox.WaitForTurn(Patience));
        Assert.Single(_inbox.Take(new InboxContents()).Proposals);
        Assert.True(_inbox.TryEndTurn(holdsWrites: false));

        _inbox.AddTogether(() => { });
        Assert.Equal(1, _borrowed);
        Propose();
        Assert.Equal(2, _borrowed);
    }

    [Fact]
    public async Task Proposals_of_others_do_not_wait_for_those_that_are_added_together()
    {
        Assert.True(_inbox.TryEndTurn(holdsWrites: false));
        using var isAdded = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        var adding = Task.Run(() => _inbox.AddTogether(() =>
        {
            Propose();
            isAdded.Set();
            Assert.True(mayEnd.Wait(Patience));
        }));
        Assert.True(isAdded.Wait(Patience));
        Assert.Equal(0, _borrowed);

        Propose();

        Assert.Equal(1, _borrowed);
        Assert.Equal(2, _inbox.Take(new InboxContents()).Proposals.Count);
        mayEnd.Set();
        await adding;
    }

    [Fact]
    public void Too_many_are_refused_and_a_closed_inbox_takes_nothing()
    {
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(InboxAdmission.Taken, Propose());
            _inbox.Add(Heartbeat());
        }

        Assert.Equal(InboxAdmission.Full, Propose());
        _inbox.Add(Heartbeat());
        Assert.Equal(8, _inbox.Take(new InboxContents()).Messages.Count);

        _inbox.Close();
        Assert.Equal(InboxAdmission.Closed, Propose());
        Assert.False(_inbox.Add(_ => { }));
        Assert.True(_inbox.TryEndTurn(holdsWrites: false));
        _inbox.AddPersisted(1);
        Assert.Equal(0, _borrowed);
        Assert.True(_inbox.WaitForTurn(Patience));
    }

    private InboxAdmission Propose() => _inbox.Add(
        new InboxProposal(default, ProposalWait.Applied, new Waiting<Proposal>(), 0));

    private (Action Add, bool IsHeld)[] Kinds() =>
    [
        (() => Propose(), true),
        (() => _inbox.Add(Append(OneEntry, readRound: 0)), true),
        (() => _inbox.Add(Append(OneEntry, readRound: 1)), false),
        (() => _inbox.Add(Heartbeat()), false),
        (() => _inbox.Add(_ => { }), false),
        (() => _inbox.AddPersisted(1), false),
        (() => _inbox.AddSaved(default, default), false),
    ];

    private static AppendEntries Heartbeat() => Append([], readRound: 0);

    private static AppendEntries Append(IReadOnlyList<LogEntry> entries, long readRound) =>
        new(new NodeId("n1"), new NodeId("n2"), 1, 0, 0, entries, 0, readRound, 0);
}
