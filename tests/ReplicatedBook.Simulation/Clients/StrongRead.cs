using ReplicatedBook.Matching.Values;
using ReplicatedBook.Simulation.Engine;

namespace ReplicatedBook.Simulation.Clients;

/// <summary>A strong read, asked at one node after the other until one answers.</summary>
/// <param name="world">Where.</param>
/// <param name="client">Who reads.</param>
/// <param name="number">Of the operation.</param>
/// <param name="account">Whose count is read; none when only the position matters.</param>
internal sealed class StrongRead(World world, SimulatedClient client, int number, AccountId account)
{
    private const int MostTries = 5;
    private readonly string _name = $"strong read {number}";
    private int _tries;
    private bool _isOver;

    /// <summary>Asks for the first time.</summary>
    public void Begin()
    {
        client.Started(_name);
        Try();
    }

    private void Try()
    {
        var chance = client.Draw("read", (number << 8) + _tries++);
        var node = world.Observer.Nodes[chance.Position(world.Plan.Nodes)];
        var seenBefore = world.Observer.History.HighestSeen;
        var (isAnswered, begun, count) = (false, world.Scheduler.Now, 0L);
        world.Scheduler.After(chance.Between(10, world.Plan.NetworkDelay), () => node.ReadStrong(index =>
        {
            world.Trace.Note(TraceKind.ReadAnswer, node.Number, index, seenBefore);
            if (index >= 0)
            {
                world.Observer.History.StrongReadAnswered(node, seenBefore, index);
                count = Workload.CountOf(node.Replica.Exchange, account);
                var isLeader = node.Replica.Raft.Role == Consensus.Role.Leader;
                world.Counters.Count(isLeader ? Sometimes.StrongReads : Sometimes.StrongReadsOnFollowers);
            }
            else
            {
                world.Counters.Count(Sometimes.ReadBarriersFailed);
            }

            world.Scheduler.After(chance.Between(10, world.Plan.NetworkDelay), () => Take(index));
        }));
        world.Scheduler.After(world.Plan.ClientTimeout, () => Take(-1));

        void Take(long index)
        {
            if (isAnswered || _isOver)
            {
                return;
            }

            isAnswered = true;
            if (index >= 0 && account.Value > 0)
            {
                world.Observer.Counts.Read(client.Number, begun, account.Value, count);
            }

            if (index >= 0 || (_tries > MostTries && !world.IsHealthy))
            {
                _isOver = true;
                client.Ended(_name);
            }
            else
            {
                world.Scheduler.After(chance.Between(1_000, world.Plan.TickInterval * 4), Try);
            }
        }
    }
}
