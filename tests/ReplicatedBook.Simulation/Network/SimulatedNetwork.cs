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

    /// <summary>Tells who there is; numbers are positions from 1.</summary>
    public void Connect(IReadOnlyList<SimulatedNode> nodes) => _nodes = nodes;

    /// <summary>Lets nothing through in one direction until <see cref="Unblock"/>; counted, so partitions may
    /// overlap.</summary>
    public void Block(int from, int to) => _links[from, to].Blocks++;

    /// <summary>Takes one <see cref="Block"/> back.</summary>
    public void Unblock(int from, int to) => _links[from, to].Blocks--;

    /// <summary>Adds to the way of all messages of a link.</summary>
    public void SlowDown(int from, int to, long delay) => _links[from, to].ExtraDelay += delay;

    /// <summary>Ends loss, duplication and the like; blocks and slowness are taken back by whoever made them.</summary>
    public void Heal() => _isHealthy = true;

    /// <summary>Takes a message on its way.</summary>
    public void Send(SimulatedNode sender, RaftMessage message)
    {
        var (from, to) = (sender.Number, SimulationPlan.NumberOf(message.To));
        ref var link = ref _links[from, to];
        var chance = new RandomStream(plan.Seed, "link", (from * MostNodes) + to, ++link.Sent);
        if (plan.Defect == PlantedDefect.DeafNode && _isHealthy && to == 2)
        {
            return;
        }

        if (!_isHealthy && plan.Has(FaultClass.Loss) && chance.Chance(plan.LossPerMille))
        {
            counters.Count(Sometimes.MessagesLost);
            trace.Note(TraceKind.Drop, to, from, 0, message);
            return;
        }

        var bytes = new ArrayBufferWriter<byte>();
        PeerMessageCodec.Write(bytes, message);
        message = PeerMessageCodec.Read(bytes.WrittenMemory)
            ?? throw new InvariantBrokenException("messages-survive-their-bytes", message.ToString());
        Carry(sender, message, ref link, chance);
        if (!_isHealthy && plan.Has(FaultClass.Duplication) && chance.Chance(plan.DuplicationPerMille))
        {
            counters.Count(Sometimes.MessagesDuplicated);
            Carry(sender, message, ref link, chance);
        }

        if (!_isHealthy && plan.Has(FaultClass.LateReplay) && chance.Chance(10))
        {
            counters.Count(Sometimes.MessagesReplayedLate);
            Deliver(sender, message, chance.Between(500_000, 10_000_000));
        }
    }

    private void Carry(SimulatedNode sender, RaftMessage message, ref Link link, RandomStream chance)
    {
        var delay = link.ExtraDelay + chance.Between(plan.NetworkDelay / 2, plan.NetworkDelay * 3 / 2);
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
        scheduler.After(delay, () =>
        {
            var isLost = _links[from, to].Blocks > 0 || (!plan.MessagesSurviveSender && sender.Start != start);
            if (isLost)
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
        public long Sent;
        public long ExtraDelay;
        public long LastArrival;
    }
}
