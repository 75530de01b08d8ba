using System.Buffers;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Replication;
using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Invariants;
using ReplicatedBook.Simulation.Nodes;
using ReplicatedBook.Simulation.Plan;

namespace ReplicatedBook.Simulation.Network;

/// <summary>Carries messages between nodes as bytes, each by its own draw: late, twice, out of order, or not at
/// all.</summary>
internal sealed class SimulatedNetwork(World world)
{
    private const int MostNodes = 16;
    private const int ReplayedSnapshotsPerMille = 300;
    private const long LeastReplayDelay = 500_000;
    private readonly SimulationPlan _plan = world.Plan;
    private readonly Counters _counters = world.Counters;
    private readonly Link[,] _links = new Link[MostNodes, MostNodes];
    private IReadOnlyList<SimulatedNode> _nodes = [];
    private bool _isHealthy;
    private Func<int, int, bool>? _isConnected;

    /// <summary>Tells who there is; numbers are positions from 1.</summary>
    public void Connect(IReadOnlyList<SimulatedNode> nodes) => _nodes = nodes;

    /// <summary>Lets nothing through in one direction until <see cref="Unblock"/>; counted, so partitions may
    /// overlap.</summary>
    public void Block(int from, int to) => _links[from, to].Blocks++;

    /// <summary>Takes one <see cref="Block"/> back.</summary>
    public void Unblock(int from, int to) => _links[from, to].Blocks--;

    /// <summary>Adds to the way of all messages of a link.</summary>
    public void SlowDown(int from, int to, long delay) => _links[from, to].ExtraDelay += delay;

    /// <summary>Ends all faults; whatever takes another way than those named is lost.</summary>
    /// <param name="isConnected">By numbers of sender and receiver; null for all.</param>
    public void Heal(Func<int, int, bool>? isConnected) => (_isHealthy, _isConnected) = (true, isConnected);

    /// <summary>Takes a message on its way.</summary>
    public void Send(SimulatedNode sender, RaftMessage message)
    {
        var (from, to) = (sender.Number, SimulationPlan.NumberOf(message.To));
        ref var link = ref _links[from, to];
        var chance = new RandomStream(_plan.Seed, "link", (from * MostNodes) + to, ++link.Sent);
        if ((_plan.Defect == PlantedDefect.DeafNode && _isHealthy && to == 2) || IsDropped(message, ref link, chance))
        {
            world.Trace.Note(TraceKind.Drop, to, from, 0, message);
            return;
        }

        var bytes = new ArrayBufferWriter<byte>(256);
        PeerMessageCodec.Write(bytes, message);
        if (IsCorrupted(bytes.WrittenSpan, chance))
        {
            return;
        }

        message = PeerMessageCodec.Read(bytes.WrittenMemory)
            ?? throw new InvariantBrokenException("messages-survive-their-bytes", message.ToString());
        Carry(sender, message, ref link, chance);
        if (world.IsFaulty && _plan.Has(FaultClass.Duplication) && chance.Chance(_plan.DuplicationPerMille))
        {
            _counters.Count(Sometimes.MessagesDuplicated);
            Carry(sender, message, ref link, chance);
        }

        if (world.IsFaulty && _plan.Has(FaultClass.LateReplay)
            && DelayOfReplay((from * MostNodes) + to, message, chance) is > 0 and var late)
        {
            _counters.Count(Sometimes.MessagesReplayedLate);
            _counters.Count(Sometimes.SnapshotsReplayedLate, message is InstallSnapshot { IsLast: true } ? 1 : 0);
            Deliver(sender, message, late);
        }
    }

    /// <summary>How much later a message arrives once more; 0 for not at all. A snapshot does so with all of its
    /// pieces, in their order, or with none, for a piece alone is of no use to anybody; and mostly soon, for its sender
    /// must still lead.</summary>
    private long DelayOfReplay(int link, RaftMessage message, RandomStream chance)
    {
        var most = Math.Max(LeastReplayDelay, _plan.FaultTime * 4 / 5);
        if (message is InstallSnapshot piece)
        {
            chance = new RandomStream(_plan.Seed, "replay", link, piece.Mark.Index);
            most = chance.Between(LeastReplayDelay, most);
            return chance.Chance(ReplayedSnapshotsPerMille) ? chance.Between(LeastReplayDelay, most) : 0;
        }

        return chance.Chance(message is AppendEntries or AppendEntriesReply ? 10 : 100) // Others are rare.
            ? chance.Between(LeastReplayDelay, most)
            : 0;
    }

    private bool IsDropped(RaftMessage message, ref Link link, RandomStream chance)
    {
        if (!world.IsFaulty)
        {
            return false;
        }

        if (_plan.Has(FaultClass.Loss) && chance.Chance(_plan.LossPerMille))
        {
            _counters.Count(Sometimes.MessagesLost);
            return true;
        }

        if (_plan.Has(FaultClass.ForcedProbes) && message is AppendEntries { Entries.Count: > 0 } && chance.Chance(100))
        {
            _counters.Count(Sometimes.AppendsDroppedOnPurpose);
            return true;
        }

        var isFull = _plan.LinkQueue > 0 && link.UnderWay >= _plan.LinkQueue;
        _counters.Count(Sometimes.MessagesPastFullQueues, isFull ? 1 : 0);
        return isFull;
    }

    /// <summary>The peers' frames carry a checksum, so changed bytes end the connection; reading them must do no harm
    /// either.</summary>
    private bool IsCorrupted(ReadOnlySpan<byte> bytes, RandomStream chance)
    {
        if (!world.IsFaulty || !_plan.Has(FaultClass.Corruption) || !chance.Chance(_plan.CorruptionPerMille))
        {
            return false;
        }

        _counters.Count(Sometimes.MessagesCorrupted);
        var changed = bytes.ToArray();
        for (var i = chance.Number(1, 4); i > 0; i--)
        {
            changed[chance.Position(changed.Length)] ^= (byte)(1 << chance.Position(8));
        }

        var length = chance.Chance(200) ? chance.Position(bytes.Length) : bytes.Length;
        _ = PeerMessageCodec.Read(changed.AsMemory(0, length));
        return true;
    }

    private void Carry(SimulatedNode sender, RaftMessage message, ref Link link, RandomStream chance)
    {
        var delay = chance.Between(_plan.NetworkDelay / 2, _plan.NetworkDelay * 3 / 2)
            + (!world.IsFaulty ? 0 : link.ExtraDelay);
        var arrival = world.Scheduler.Now + delay;
        if (world.IsFaulty && _plan.Has(FaultClass.Reordering))
        {
            arrival += chance.Chance(100) ? chance.Between(0, 20 * _plan.NetworkDelay) : 0;
            _counters.Count(Sometimes.MessagesOvertaken, arrival < link.LastArrival ? 1 : 0);
        }
        else
        {
            arrival = Math.Max(arrival, link.LastArrival); // As on one connection.
        }

        link.LastArrival = Math.Max(link.LastArrival, arrival);
        Deliver(sender, message, arrival - world.Scheduler.Now);
    }

    private void Deliver(SimulatedNode sender, RaftMessage message, long delay)
    {
        var (from, to) = (sender.Number, SimulationPlan.NumberOf(message.To));
        var start = sender.Start;
        _links[from, to].UnderWay++;
        world.Scheduler.After(delay, () =>
        {
            _links[from, to].UnderWay--;
            var isCut = _isHealthy
                ? _isConnected is { } isConnected && !isConnected(from, to)
                : _links[from, to].Blocks > 0;
            if (isCut || (!_plan.MessagesSurviveSender && sender.Start != start))
            {
                world.Trace.Note(TraceKind.Drop, to, from, 1, message);
            }
            else
            {
                _nodes[to - 1].Deliver(message);
            }
        });
    }

    /// <summary>One direction between two nodes.</summary>
    private struct Link
    {
        public int Blocks;
        public int UnderWay;
        public long Sent;
        public long ExtraDelay;
        public long LastArrival;
    }
}
