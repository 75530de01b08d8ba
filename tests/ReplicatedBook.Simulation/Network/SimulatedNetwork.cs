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
internal sealed class SimulatedNetwork(SimulationPlan plan, Scheduler scheduler, Trace trace, Counters counters)
{
    private const int MostNodes = 16;
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
        var chance = new RandomStream(plan.Seed, "link", (from * MostNodes) + to, ++link.Sent);
        if ((plan.Defect == PlantedDefect.DeafNode && _isHealthy && to == 2) || IsDropped(message, ref link, chance))
        {
            trace.Note(TraceKind.Drop, to, from, 0, message);
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
        if (!_isHealthy && plan.Has(FaultClass.Duplication) && chance.Chance(plan.DuplicationPerMille))
        {
            counters.Count(Sometimes.MessagesDuplicated);
            Carry(sender, message, ref link, chance);
        }

        if (!_isHealthy && plan.Has(FaultClass.LateReplay)
            && chance.Chance(message is AppendEntries or AppendEntriesReply ? 10 : 100)) // Others are rare.
        {
            counters.Count(Sometimes.MessagesReplayedLate);
            Deliver(sender, message, chance.Between(500_000, Math.Max(500_000, plan.FaultTime * 4 / 5)));
        }
    }

    private bool IsDropped(RaftMessage message, ref Link link, RandomStream chance)
    {
        if (_isHealthy)
        {
            return false;
        }

        if (plan.Has(FaultClass.Loss) && chance.Chance(plan.LossPerMille))
        {
            counters.Count(Sometimes.MessagesLost);
            return true;
        }

        if (plan.Has(FaultClass.ForcedProbes) && message is AppendEntries { Entries.Count: > 0 } && chance.Chance(100))
        {
            counters.Count(Sometimes.AppendsDroppedOnPurpose);
            return true;
        }

        var isFull = plan.LinkQueue > 0 && link.UnderWay >= plan.LinkQueue;
        counters.Count(Sometimes.MessagesPastFullQueues, isFull ? 1 : 0);
        return isFull;
    }

    /// <summary>The peers' frames carry a checksum, so changed bytes end the connection; reading them must do no harm
    /// either.</summary>
    private bool IsCorrupted(ReadOnlySpan<byte> bytes, RandomStream chance)
    {
        if (_isHealthy || !plan.Has(FaultClass.Corruption) || !chance.Chance(plan.CorruptionPerMille))
        {
            return false;
        }

        counters.Count(Sometimes.MessagesCorrupted);
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
        var delay = chance.Between(plan.NetworkDelay / 2, plan.NetworkDelay * 3 / 2)
            + (_isHealthy ? 0 : link.ExtraDelay);
        var arrival = scheduler.Now + delay;
        if (!_isHealthy && plan.Has(FaultClass.Reordering))
        {
            arrival += chance.Chance(100) ? chance.Between(0, 20 * plan.NetworkDelay) : 0;
            counters.Count(Sometimes.MessagesOvertaken, arrival < link.LastArrival ? 1 : 0);
        }
        else
        {
            arrival = Math.Max(arrival, link.LastArrival); // As on one connection.
        }

        link.LastArrival = Math.Max(link.LastArrival, arrival);
        Deliver(sender, message, arrival - scheduler.Now);
    }

    private void Deliver(SimulatedNode sender, RaftMessage message, long delay)
    {
        var (from, to) = (sender.Number, SimulationPlan.NumberOf(message.To));
        var start = sender.Start;
        _links[from, to].UnderWay++;
        scheduler.After(delay, () =>
        {
            _links[from, to].UnderWay--;
            var isCut = _isHealthy
                ? _isConnected is { } isConnected && !isConnected(from, to)
                : _links[from, to].Blocks > 0;
            if (isCut || (!plan.MessagesSurviveSender && sender.Start != start))
            {
                trace.Note(TraceKind.Drop, to, from, 1, message);
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
