using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Nodes;

namespace ReplicatedBook.Simulation.Faults;

/// <summary>Figure 8 of the Raft paper: why entries of an earlier term must not be committed by counting. Who is
/// elected decides whether the play goes on; where it is somebody else, the curtain falls.</summary>
internal sealed class OldEntries(World world, IReadOnlyList<SimulatedNode> nodes)
{
    private readonly List<(int From, int To)> _cut = [];
    private FaultEvent? _play;
    private SimulatedNode? _first;
    private SimulatedNode? _second;

    /// <summary>The leader is heard by nobody any more; what it takes from now on is on its disk only.</summary>
    public void Begin(FaultEvent fault, SimulatedNode leader)
    {
        if (_play is not null)
        {
            return;
        }

        (_play, _first, _second) = (fault, leader, null);
        Cut((from, _) => from == leader.Number);
        world.Scheduler.After(12 * world.Plan.ElectionTimeout, () => End(fault));
    }

    /// <summary>A node begins to lead.</summary>
    public void Elected(SimulatedNode node)
    {
        if (_play is not { } fault)
        {
            return;
        }

        if (_second is null && node != _first)
        {
            _second = node; // What it adds stays with it.
            Open();
            Cut((from, to) => from == node.Number || to == node.Number);
        }
        else if (_second is not null && node == _first)
        {
            Return(fault, node, _second);
        }
        else if (node != _first)
        {
            End(fault);
        }
    }

    /// <summary>The first leads again: a bare majority hears of its old entries, perhaps before its new one.</summary>
    private void Return(FaultEvent fault, SimulatedNode first, SimulatedNode second)
    {
        var others = nodes.Where(node => node != first && node != second && node.IsRunning).ToList();
        if (others.Count == 0)
        {
            End(fault);
            return;
        }

        var start = world.Chance("figure8", first.Number, fault.Amount).Position(others.Count);
        var reached = Enumerable.Range(0, nodes.Count / 2)
            .Select(i => others[(start + i) % others.Count].Number).ToHashSet();
        Cut((from, to) => from == first.Number && to != second.Number && !reached.Contains(to));
        world.Scheduler.After(fault.Length, () =>
        {
            if (_play != fault || world.IsHealthy)
            {
                return;
            }

            world.Counters.Count(Sometimes.OldEntriesBroughtBack);
            Open();
            Cut((from, to) => from == first.Number || to == first.Number);
        });
    }

    private void End(FaultEvent fault)
    {
        if (_play == fault)
        {
            _play = null;
            Open();
        }
    }

    private void Cut(Func<int, int, bool> isCut)
    {
        foreach (var (from, to) in PartitionShapes.Links(nodes.Count, isCut))
        {
            _cut.Add((from, to));
            world.Network.Block(from, to);
        }
    }

    private void Open()
    {
        _cut.ForEach(link => world.Network.Unblock(link.From, link.To));
        _cut.Clear();
    }
}
