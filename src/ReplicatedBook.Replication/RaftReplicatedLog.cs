using System.Diagnostics;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Replication.Feed;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Replication;

/// <summary>The port on our own engine: one thread for consensus, matching and queries, one for the log, one for
/// snapshots.</summary>
public sealed partial class RaftReplicatedLog : IReplicatedLog, IReplicaReader, IReplicaSnapshots, IDisposable
{
    private readonly ReplicaHostOptions _options;
    private readonly ReplicaStorage _storage;
    private readonly IDisk _disk;
    private readonly IPeerTransport _transport;
    private readonly Action<Exception> _failed;
    private readonly ReplicaInbox _inbox;
    private readonly Replica _replica;
    private readonly LogWriter _logWriter;
    private readonly SnapshotWorker _snapshots;
    private readonly JournalWriter? _journal;
    private readonly TickPacer _pacer;
    private readonly Thread _thread;
    private readonly ReplicaStatusBoard _board;
    private int _hasFailed;
    private int _isDisposed;

    /// <summary>Opens the data directory, restores the state and starts.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="disk">Where the data directory is.</param>
    /// <param name="transport">To the peers.</param>
    /// <param name="failed">Called once, on any thread, when the disk failed or an invariant broke: the process must
    /// end.</param>
    /// <exception cref="IOException">The directory is in use, damaged or of another node.</exception>
    public RaftReplicatedLog(
        ReplicaHostOptions options, IDisk disk, IPeerTransport transport, Action<Exception> failed)
    {
        _options = options;
        _disk = disk;
        _transport = transport;
        _failed = failed;
        _inbox = new ReplicaInbox(options.MaxWaitingProposals, options.MaxWaitingMessages, RunBorrowedTurns);
        _pacer = new TickPacer(
            TickMicroseconds, options.Replica.Raft.HeartbeatTicks * TickMicroseconds, HostClock.Monotonic);
        SetAside = DivergenceMark.SetAsideIfMarked(disk, options.DataDirectory, options.Identity);
        _storage = ReplicaStorage.Open(
            new MeasuredDisk(disk, options.Measures), options.DataDirectory, options.Identity, options.Storage,
            out var recovered);
        TornBytes = recovered.TornBytes;
        if (recovered.Damage is { } damage)
        {
            options.Noted($"damaged files were set aside, what is missing must come from the peers: {damage}");
        }

        _replica = new Replica(
            options.Replica with { MaxJournalQueue = options.Journal?.MaxWaitingEntries ?? 0 }, recovered,
            HostClock.Monotonic, HostClock.Wall);
        _board = new ReplicaStatusBoard(_replica, options, _storage);
        (History, _journal) = StartJournal(recovered.Entries);
        _snapshots = new SnapshotWorker(
            _storage, options.Replica.Raft, transport, _inbox.AddSaved, GiveUpSnapshot, Fail);
        _logWriter = new LogWriter(
            _storage,
            new LogWriterEvents
            {
                Persisted = NotePersisted,
                Appended = options.Measures.Appended,
                Failed = Fail,
                Full = NoteFull,
                SegmentDue = _snapshots.PrepareSegment,
            },
            options.StorageRetryInterval);
        _thread = new Thread(Run) { Name = "replica", IsBackground = true };
        _thread.Start();
    }

    /// <inheritdoc/>
    public ReplicaStatus Status => _board.Status;

    /// <summary>Events of the last entries.</summary>
    public EventFeed Feed => _replica.Feed;

    /// <summary>Events as far back as this node has them.</summary>
    public EventHistory History { get; }

    /// <summary>Bytes of a torn tail that were cut off when the log was opened.</summary>
    public long TornBytes { get; }

    /// <summary>Why the files of earlier starts were set aside at this one; null when they were not.</summary>
    public string? SetAside { get; }

    /// <summary>Takes a message from a peer; drops it when too many wait.</summary>
    public void Receive(RaftMessage message) => _inbox.Add(message);

    /// <inheritdoc/>
    public ValueTask<Proposal> ProposeAsync(
        ReadOnlyMemory<byte> command, ProposalWait wait, CancellationToken cancellation)
    {
        if (_storage.IsFull && Status.Role == Role.Leader)
        {
            return new ValueTask<Proposal>(Proposal.NotApplied(ProposalOutcome.StorageFull));
        }

        var waiting = new Waiting<Proposal>();
        return _inbox.Add(new InboxProposal(command, wait, waiting, Stopwatch.GetTimestamp())) switch
        {
            InboxAdmission.Taken => waiting.Begin(cancellation),
            InboxAdmission.Full => new ValueTask<Proposal>(Proposal.NotApplied(ProposalOutcome.Overloaded)),
            _ => new ValueTask<Proposal>(Proposal.NotApplied(ProposalOutcome.ShuttingDown)),
        };
    }

    /// <inheritdoc/>
    public void ProposeTogether(Action propose) => _inbox.AddTogether(propose);

    /// <inheritdoc/>
    public ValueTask<long?> ReadBarrierAsync(CancellationToken cancellation)
    {
        var waiting = new Waiting<long?>();
        var taken = AddBarrier(index => _completions.Add(() => waiting.Complete(index)));
        return taken ? waiting.Begin(cancellation) : new ValueTask<long?>((long?)null);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TransferLeadershipAsync(NodeId? target, CancellationToken cancellation)
    {
        var before = Status;
        if (before.Role != Role.Leader || !_inbox.Add(replica => replica.TransferLeadership(target)))
        {
            return false;
        }

        var handOver = 4 * _options.Replica.Raft.ElectionTicks * _options.TickInterval;
        return await _board.WaitAsync(
            status => status.Term > before.Term && status.Leader is { } leader && leader != status.Node, handOver,
            cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<MembershipOutcome> ChangeMembershipAsync(
        MembershipChange change, CancellationToken cancellation)
    {
        var source = new TaskCompletionSource<MembershipOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var taken = _inbox.Add(replica =>
        {
            _changes.Add(++_lastRequest, source);
            replica.ChangeMembership(_lastRequest, change);
        });
        return taken
            ? new ValueTask<MembershipOutcome>(source.Task.WaitAsync(cancellation))
            : new ValueTask<MembershipOutcome>(new MembershipOutcome(MembershipResult.ShuttingDown));
    }

    /// <summary>An established connection to a peer was reset: if it leads, its followers need not wait for its
    /// silence.</summary>
    public void PeerLost(NodeId peer) => _inbox.Add(replica => replica.PeerLost(peer));

    /// <summary>Writes a snapshot now.</summary>
    /// <returns>False when the replica has stopped.</returns>
    public bool TakeSnapshot() => _inbox.Add(static replica => replica.TakeSnapshot());

    /// <summary>Stops the threads and closes the files; what waits is answered Unknown.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        _inbox.Close();
        _thread.Join();
        _journal?.Stop();
        _logWriter.Stop();
        _snapshots.Stop();
        _storage.Dispose();
    }

    private void Fail(Exception exception)
    {
        if (Interlocked.Exchange(ref _hasFailed, 1) == 0)
        {
            _inbox.Close();
            _failed(exception);
        }
    }
}
