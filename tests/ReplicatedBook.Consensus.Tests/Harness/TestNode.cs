using System.Text;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Consensus.Tests.Harness;

/// <summary>One node with a disk whose writes finish when the test says so, and an outbox the test carries
/// away.</summary>
internal sealed class TestNode
{
    private const int SnapshotBytes = 2_500;

    private readonly RaftEffects _effects = new();
    private readonly Queue<TestWrite> _writes = [];
    private int _starts;
    private (SnapshotMark Mark, byte[] Content, long Bytes) _received;

    public TestNode(
        RaftConfig config, Membership bootstrap, TestDisk? disk = null, Wholeness wholeness = Wholeness.Whole)
    {
        Config = config;
        Disk = disk ?? new TestDisk();
        Disk.Membership ??= bootstrap;
        Disk.Wholeness = wholeness;
        Raft = Start();
    }

    public RaftConfig Config { get; }

    public NodeId Id => Config.Id;

    public RaftNode Raft { get; private set; }

    public TestDisk Disk { get; }

    public List<RaftMessage> Outbox { get; } = [];

    public List<ReadResult> Reads { get; } = [];

    public List<SnapshotPiece> Pieces { get; } = [];

    /// <summary>Whether writes finish at once.</summary>
    public bool IsDiskFast { get; set; } = true;

    public bool IsRunning { get; private set; } = true;

    /// <summary>Whether its disk may lack what it once promised.</summary>
    public bool IsInDoubt => Disk.Wholeness != Wholeness.Whole;

    public int PendingWrites => _writes.Count;

    public ProposalRefusal LastRefusal { get; private set; }

    public MembershipRefusal LastMembershipRefusal { get; private set; }

    /// <summary>Called after each step, with the messages that leave because of it still in the outbox.</summary>
    public Action<TestNode>? AfterStep { get; set; }

    public static byte[] Payload(string text) => Encoding.UTF8.GetBytes(text);

    public void Step(RaftInput input) => Step(input, out _);

    private void Step(RaftInput input, out long membershipEntry)
    {
        Raft.Step(input, _effects);
        membershipEntry = _effects.MembershipEntryIndex;
        if (input is RaftInput.ChangeMembership)
        {
            LastMembershipRefusal = _effects.MembershipRefusal;
        }

        var write = new TestWrite(
            _effects.HardState, _effects.ResetLogTo, _effects.TruncateFrom, [.. _effects.Entries], Raft.CommitIndex,
            [.. _effects.MessagesAfterPersist]);
        _effects.Messages.ForEach(RequireDurable);
        Outbox.AddRange(_effects.Messages);
        Reads.AddRange(_effects.Reads);
        Pieces.AddRange(_effects.SnapshotPieces);
        Outbox.AddRange(_effects.SnapshotPieces.Select(ReadPiece));
        LastRefusal = _effects.ProposalRefusal;
        if (_effects.BecameWhole)
        {
            Disk.Wholeness = Wholeness.Whole;
        }

        var piece = _effects.ReceivedPiece;
        if (write.HasContent || write.MessagesAfter.Length > 0)
        {
            _writes.Enqueue(write);
        }

        AfterStep?.Invoke(this);
        if (IsDiskFast || !_writes.Any(waiting => waiting.HasContent))
        {
            FinishWrites();
        }

        if (piece is not null)
        {
            Store(piece);
        }
    }

    public void FinishWrites()
    {
        while (_writes.Count > 0)
        {
            FinishWrite();
        }
    }

    public void FinishWrite()
    {
        var write = _writes.Dequeue();
        Disk.Write(write);
        foreach (var message in write.MessagesAfter)
        {
            RequireDurable(message);
        }

        Outbox.AddRange(write.MessagesAfter);
        if (write.Entries.Length > 0)
        {
            Step(new RaftInput.Persisted(write.Entries[^1].Index, write.Entries[^1].Term));
        }
    }

    public void Tick(int ticks = 1)
    {
        for (var i = 0; i < ticks; i++)
        {
            Step(new RaftInput.ClockTick(0));
        }
    }

    public void Receive(RaftMessage message) => Step(new RaftInput.Received(message));

    public long Propose(params string[] texts)
    {
        var index = 0L;
        void Note(TestNode _) => index = index == 0 ? _effects.ProposalFirstIndex : index;
        var before = AfterStep;
        AfterStep = node => { Note(node); before?.Invoke(node); };
        Step(new RaftInput.Proposal([.. texts.Select(text => new ReadOnlyMemory<byte>(Payload(text)))]));
        AfterStep = before;
        return index;
    }

    /// <summary>Index of the entry; 0 when it was refused.</summary>
    public long Change(MembershipChange change)
    {
        Step(new RaftInput.ChangeMembership(change), out var index);
        return index;
    }

    public void Read(long requestId) => Step(new RaftInput.ReadBarrier(requestId));

    /// <summary>Makes a snapshot of all that is committed.</summary>
    public void TakeSnapshot(long keep = 0)
    {
        var mark = new SnapshotMark(Raft.CommitIndex, Raft.CommitTerm);
        FinishWrites();
        var keepFrom = Math.Max(1, mark.Index + 1 - keep);
        Disk.SaveSnapshot(mark, keepFrom, Raft.MembershipAt(mark.Index));
        Step(new RaftInput.SnapshotTaken(mark, keepFrom));
    }

    /// <summary>Stops at once: what has not reached the disk, and what has not left, is gone.</summary>
    public void Crash()
    {
        IsRunning = false;
        _writes.Clear();
        Outbox.Clear();
        _received = default;
    }

    public void Restart()
    {
        IsRunning = true;
        _starts++;
        Raft = Start();
    }

    public IEnumerable<T> Sent<T>()
        where T : RaftMessage => Outbox.OfType<T>();

    public T[] TakeSent<T>()
        where T : RaftMessage
    {
        var taken = Outbox.OfType<T>().ToArray();
        Outbox.Clear();
        return taken;
    }

    private RaftNode Start() => new(
        Config with { Seed = Config.Seed + ((ulong)_starts * 1_000_003) }, Disk.HardState, Disk.Snapshot,
        [.. Disk.Entries], Disk.Membership!, Disk.CommitIndex, Disk.Wholeness);

    public override string ToString() =>
        $"{Id} {Raft.Role} {Raft.Wholeness} term {Raft.HardState.Term} log {Raft.Log.LastIndex}@{Raft.Log.LastTerm} "
        + $"commit {Raft.CommitIndex} of "
        + string.Join(",", Raft.Membership.Members.Select(member => member.Id + (member.IsVoter ? "" : "?")));

    private InstallSnapshot ReadPiece(SnapshotPiece piece)
    {
        var bytes = (int)Math.Clamp(SnapshotBytes - piece.Offset, 0, Config.MaxSnapshotChunkBytes);
        var isLast = piece.Offset + bytes >= SnapshotBytes;
        var content = new byte[SnapshotBytes];
        Disk.MembershipOf(piece.Mark).ToBytes().CopyTo(content.AsSpan(1));
        content[0] = (byte)Disk.MembershipOf(piece.Mark).ToBytes().Length;
        return new InstallSnapshot(
            Id, piece.To, piece.Term, piece.Mark, piece.Offset, content.AsMemory((int)piece.Offset, bytes), isLast, 0);
    }

    private void Store(InstallSnapshot piece)
    {
        if (piece.Mark != _received.Mark)
        {
            _received = (piece.Mark, new byte[SnapshotBytes], 0);
        }

        if (piece.Offset == _received.Bytes)
        {
            piece.Data.CopyTo(_received.Content.AsMemory((int)piece.Offset));
            _received.Bytes += piece.Data.Length;
        }

        var isInstalled = _received.Bytes == SnapshotBytes;
        if (isInstalled)
        {
            FinishWrites(); // The snapshot is durable before it is reported; earlier writes are in order before it.
        }

        var membership = isInstalled ? Membership.Read(_received.Content.AsSpan(1, _received.Content[0])) : null;
        if (membership is not null)
        {
            Disk.NoteMembership(piece.Mark, membership);
        }

        Step(new RaftInput.SnapshotProgress(piece.From, piece.Mark, _received.Bytes, isInstalled, membership));
    }

    /// <summary>Promises leave only after what they promise: votes and acknowledged entries (Raft paper, figure
    /// 2).</summary>
    private void RequireDurable(RaftMessage message)
    {
        if (message is RequestVote { IsPreVote: true } or RequestVoteReply { IsPreVote: true } or ReadIndexRequest)
        {
            return; // They promise nothing.
        }

        Assert.True(Disk.HardState.Term >= message.Term, "a term left before it was durable");
        if (message is RequestVoteReply { IsGranted: true, IsPreVote: false } && Disk.HardState.Term == message.Term)
        {
            Assert.Equal(message.To, Disk.HardState.VotedFor);
        }

        if (message is RequestVote { IsPreVote: false } && Disk.HardState.Term == message.Term)
        {
            Assert.Equal(Id, Disk.HardState.VotedFor);
        }

        if (message is AppendEntriesReply { IsSuccess: true } reply)
        {
            Assert.True(Disk.LastIndex >= reply.MatchIndex, "acknowledged before it was durable");
        }
    }
}
