using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Matching;
using ReplicatedBook.Replication;
using ReplicatedBook.Simulation.Disk;
using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Plan;

namespace ReplicatedBook.Simulation.Nodes;

/// <summary>Hosts one production <see cref="Replication.Replica"/> in virtual time: its inbox, clock, disk workers and
/// crashes.</summary>
internal sealed partial class SimulatedNode
{
    private readonly World _world;
    private readonly Queue<Action<Replica>> _inbox = new();
    private readonly SortedDictionary<long, Action<Proposal>> _proposals = [];
    private readonly SortedDictionary<long, Action<long>> _reads = [];
    private readonly long _clockDriftPerMillion;
    private readonly long _clockOffset;
    private long _turns;
    private long _ticks;
    private long _requests;
    private bool _isTurnDue;
    private bool _isInTurn;
    private Sometimes _boundary;
    private int _missedTicks;

    /// <summary>A machine that is switched off.</summary>
    public SimulatedNode(World world, int number)
    {
        _world = world;
        Number = number;
        Id = SimulationPlan.NameOf(number);
        var chance = world.Chance("clock", number);
        var isBad = world.Plan.Has(FaultClass.Clocks);
        _clockDriftPerMillion = isBad ? chance.Between(-50_000, 50_000) : chance.Between(-50, 50);
        _clockOffset = chance.Between(0, 1_000_000_000);
        var isOld = world.Plan.Has(FaultClass.MixedVersions) && number <= world.Plan.Nodes
            && world.Chance("version", number).Chance(700);
        SupportedLevel = isOld ? FeatureLevels.First : FeatureLevels.Supported;
        Disk.LiesAboutSync = world.Plan.Defect == PlantedDefect.LyingDisk;
    }

    /// <summary>From 1.</summary>
    public int Number { get; }

    /// <summary>Its name.</summary>
    public NodeId Id { get; }

    /// <summary>Counts starts and stops, so that events meant for an earlier life are recognised.</summary>
    public int Start { get; private set; }

    /// <summary>Whether its process runs, perhaps paused.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Whether its process is held.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>How many times longer than usual all takes that it does.</summary>
    public int Slowness { get; set; } = 1;

    /// <summary>Whether a snapshot is asked for at every turn.</summary>
    public bool SnapshotsAlways { get; set; }

    /// <summary>Proposals that this node has not answered yet.</summary>
    public int WaitingProposals => _proposals.Count;

    /// <summary>The production code; only while running.</summary>
    public Replica Replica { get; private set; } = null!;

    private long Monotonic =>
        _clockOffset + _world.Scheduler.Now + (_world.Scheduler.Now * _clockDriftPerMillion / 1_000_000);

    /// <summary>A message has arrived; a node that is down does not hear it.</summary>
    public void Deliver(RaftMessage message)
    {
        if (!IsRunning)
        {
            _world.Counters.Count(Sometimes.MessagesToTheDead);
            return;
        }

        _world.Trace.Note(TraceKind.Deliver, Number, SimulationPlan.NumberOf(message.From), message.Term, message);
        _isInstalling |= message is InstallSnapshot;
        Input(replica => replica.Receive(message));
    }

    /// <summary>A client's command has arrived; the answer never comes when the node stops before.</summary>
    public void Propose(byte[] command, Action<Proposal> answer) => Input(replica =>
    {
        var request = ++_requests;
        _proposals.Add(request, answer);
        replica.Propose(request, command, ProposalWait.Applied);
    });

    /// <summary>A client asks for a strong read; answered with the applied index, or -1.</summary>
    public void ReadStrong(Action<long> answer) => Input(replica =>
    {
        if (_world.Plan.Defect == PlantedDefect.ReadWithoutBarrier)
        {
            answer(replica.AppliedIndex);
            return;
        }

        var request = ++_requests;
        _reads.Add(request, answer);
        replica.ReadBarrier(request);
    });

    /// <summary>A client asks for a weak read; answered with the applied index, or -1 when this node may not answer
    /// yet.</summary>
    public void ReadWeak(Action<long> answer) =>
        Input(replica => answer(replica.IsCaughtUp ? replica.AppliedIndex : -1));

    /// <summary>An operator asks this node to hand over, to a certain node or to any.</summary>
    public void Transfer(NodeId? target) => Input(replica => replica.TransferLeadership(target));

    /// <summary>An operator asks for a snapshot.</summary>
    public void ForceSnapshot() => Input(replica => replica.TakeSnapshot());

    /// <summary>Holds the process; its disk goes on, and messages wait.</summary>
    public void Pause()
    {
        if (IsRunning && !IsPaused)
        {
            _world.Trace.Note(TraceKind.Pause, Number);
            _world.Counters.Count(Sometimes.Pauses);
            (IsPaused, _missedTicks) = (true, 0);
        }
    }

    /// <summary>Lets it go on, with all its timers late.</summary>
    public void Resume()
    {
        if (IsRunning && IsPaused)
        {
            _world.Trace.Note(TraceKind.Resume, Number);
            IsPaused = false;
            for (var i = 0; i < Math.Min(_missedTicks, _world.Plan.Raft.ElectionTicks * 2); i++)
            {
                _inbox.Enqueue(replica => replica.Tick());
            }

            ScheduleTurn();
        }
    }

    private void Input(Action<Replica> input)
    {
        if (IsRunning)
        {
            _inbox.Enqueue(input);
            ScheduleTurn();
        }
    }

    private void ScheduleTurn()
    {
        if (_isTurnDue || IsPaused)
        {
            return;
        }

        _isTurnDue = true;
        var start = Start;
        var delay = _world.Chance("turn", Number, ++_turns).Between(0, _world.Plan.TurnDelay);
        _world.Scheduler.After(Slowness == 1 ? delay : (delay + 1_000) * Slowness, () =>
        {
            if (IsRunning && Start == start)
            {
                _isTurnDue = false;
                TakeTurn();
            }
        });
    }

    private void TakeTurn()
    {
        if (IsPaused)
        {
            return; // Resume asks for the turn again.
        }

        _world.Counters.Count(Sometimes.TurnsWithSeveralMessages, _inbox.Count > 1 ? 1 : 0);
        if (SnapshotsAlways)
        {
            Replica.TakeSnapshot();
        }

        Replica.SetClock(Monotonic);
        while (_inbox.TryDequeue(out var input))
        {
            input(Replica);
        }

        var output = _turnOutput = Replica.Flush();
        _world.Trace.Note(TraceKind.Turn, Number, Replica.Raft.HardState.Term, Replica.AppliedIndex, Replica.Raft.Role);
        _world.Observer.TurnTaken(this);
        try
        {
            _isInTurn = true;
            CarryOut(output);
        }
        catch (PowerLossException)
        {
            Replica.ClearOutput();
            CrashHere(_boundary);
            return;
        }
        finally
        {
            _isInTurn = false;
        }

        Replica.ClearOutput();
        if (_world.Plan.Defect == PlantedDefect.UnknownAsRefused && Replica.Raft.Role != Role.Leader)
        {
            foreach (var request in _proposals.Keys.ToList())
            {
                Answer(new CompletedProposal(request, Proposal.NotApplied(ProposalOutcome.NotLeader)));
            }
        }
    }

    private void CarryOut(ReplicaOutput output)
    {
        foreach (var batch in output.Persist)
        {
            _world.Observer.WriteAsked(this, batch);
            QueueWrite(batch);
        }

        if (output.BecameWhole)
        {
            QueueWhole();
            if (!IsRunning)
            {
                return;
            }
        }

        Pass(Sometimes.CrashesBetweenSyncAndSend);
        foreach (var message in output.Messages)
        {
            _world.Observer.Sending(this, message);
            _world.Network.Send(this, Defects.Tamper(_world, message));
            Pass(Sometimes.CrashesBetweenMessages);
        }

        foreach (var completed in output.Proposals)
        {
            Pass(Sometimes.CrashesBeforeAnAnswer);
            Answer(completed);
        }

        foreach (var completed in output.Changes)
        {
            if (_changes.Remove(completed.RequestId, out var answer))
            {
                answer(completed.Outcome);
            }
        }

        foreach (var read in output.Reads)
        {
            if (_reads.Remove(read.RequestId, out var answer))
            {
                answer(read.Index < 0 ? -1 : Replica.AppliedIndex);
            }
        }

        foreach (var snapshot in output.Snapshots)
        {
            _world.Observer.SnapshotWanted(this, snapshot);
            QueueSnapshot(snapshot);
        }

        foreach (var piece in output.Pieces)
        {
            SendPiece(piece);
        }
    }

    /// <summary>A point at which the process may end.</summary>
    private void Pass(Sometimes what)
    {
        _boundary = what;
        Disk.PassBoundary();
    }

    private void Answer(CompletedProposal completed)
    {
        if (_proposals.Remove(completed.RequestId, out var answer))
        {
            answer(completed.Proposal);
        }
    }

    private void ScheduleTick()
    {
        var start = Start;
        var interval = _world.Plan.TickInterval * 1_000_000 / (1_000_000 + _clockDriftPerMillion);
        if (_world.Plan.Has(FaultClass.Clocks) && !_world.IsHealthy)
        {
            var chance = _world.Chance("tick", Number, ++_ticks);
            interval += chance.Chance(200) ? chance.Between(-interval / 2, interval) : 0;
        }

        _world.Scheduler.After(interval, () =>
        {
            if (!IsRunning || Start != start)
            {
                return;
            }

            if (IsPaused)
            {
                _missedTicks++;
            }
            else
            {
                Input(replica => replica.Tick());
            }

            ScheduleTick();
        });
    }
}
