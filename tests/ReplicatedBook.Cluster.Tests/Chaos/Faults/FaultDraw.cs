using ReplicatedBook.Simulation.Engine;

namespace ReplicatedBook.Cluster.Tests.Chaos.Faults;

/// <summary>Draws which fault comes next: each kind once, in a drawn order, then all again.</summary>
internal sealed class FaultDraw(ulong seed)
{
    /// <summary>Faults that may be added to another that is under way.</summary>
    private static readonly FaultKind[] Seconds =
    [
        FaultKind.KillFollower, FaultKind.PauseFollower, FaultKind.IsolateFollower, FaultKind.Bridge,
        FaultKind.Transfer,
    ];

    private readonly Queue<FaultKind> _deck = [];
    private readonly HashSet<FaultKind> _left = [.. Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.None)];
    private long _number;

    /// <summary>Number of the fault that was drawn last.</summary>
    public long Number => _number;

    /// <summary>Kinds that are drawn.</summary>
    public IReadOnlyCollection<FaultKind> Kinds => _left;

    /// <summary>Leaves a kind out from now on.</summary>
    public void LeaveOut(FaultKind kind) => _left.Remove(kind);

    /// <summary>The next fault, a second one to go with it (none most of the time), and chance for its
    /// details.</summary>
    public (FaultKind Kind, FaultKind Second, RandomStream Chance) Next()
    {
        var chance = new RandomStream(seed, "fault", ++_number);
        while (true)
        {
            if (_deck.Count == 0)
            {
                Shuffle();
            }

            var kind = _deck.Dequeue();
            if (!_left.Contains(kind))
            {
                continue;
            }

            var second = Seconds[chance.Position(Seconds.Length)];
            var goesWithAnother = IsHeld(kind) && second != kind && chance.Chance(250);
            return (kind, goesWithAnother ? second : FaultKind.None, chance);
        }
    }

    /// <summary>Whether a fault lasts for some time and is then healed, as against one that is a whole story.</summary>
    public static bool IsHeld(FaultKind kind) => kind < FaultKind.RollingRestart && kind != FaultKind.KillAll;

    private void Shuffle()
    {
        var order = new RandomStream(seed, "deck", _number);
        var kinds = _left.Order().ToArray();
        for (var i = kinds.Length - 1; i > 0; i--)
        {
            var other = order.Position(i + 1);
            (kinds[i], kinds[other]) = (kinds[other], kinds[i]);
        }

        foreach (var kind in kinds)
        {
            _deck.Enqueue(kind);
        }
    }
}
