using System.Text;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Pages;

namespace ReplicatedBook.Matching.Sessions;

/// <summary>Sessions of orders, the nodes they depend on, and when something becomes of them.</summary>
/// <remarks>A lease is the node's and not the session's, so that renewing it costs the same however many sessions the
/// node has.</remarks>
internal sealed class OrderSessionTable
{
    /// <summary>Most nodes with open sessions: far more than a cluster has members, few enough to be looked
    /// through.</summary>
    public const int MaxNodes = 64;

    private readonly PagedPool<OrderSession> _sessions = new();
    private readonly KeyIndex _index = new();
    private readonly KeyIndex _countsOfUsers = new();
    private readonly DueQueue _ended = new();
    private readonly List<SessionNode> _nodes = [];
    private OrderChain _all = OrderChain.Empty;

    /// <summary>Number of the last session.</summary>
    public long LastNumber { get; set; }

    /// <summary>Sessions that are open or still have orders.</summary>
    public int Count => _all.Count;

    /// <summary>Slot of the first session by number; -1 when there is none.</summary>
    public int First => _all.First;

    /// <summary>The nodes with open sessions, in order of coming.</summary>
    public IReadOnlyList<SessionNode> Nodes => _nodes;

    /// <summary>Sessions of open orders.</summary>
    public SessionLinks Orders { get; } = new();

    /// <summary>Sessions of open bets.</summary>
    public SessionLinks Bets { get; } = new();

    /// <summary>When orders of ended sessions are canceled next; the largest number when none are.</summary>
    public long FirstCancel => _ended.FirstDue;

    /// <summary>Slot of the session whose orders are; there must be one.</summary>
    public int FirstToCancel => _ended.FirstSlot;

    /// <summary>When something becomes of a session by itself; the largest number when nothing does.</summary>
    public long FirstDue => Math.Min(FirstCancel, FirstToLapse?.DueAt ?? long.MaxValue);

    /// <summary>The node whose lease ends first, of equals the one that came first; null when there is none.</summary>
    public SessionNode? FirstToLapse
    {
        get
        {
            SessionNode? first = null;
            foreach (var node in _nodes)
            {
                first = first is null || node.DueAt < first.DueAt ? node : first;
            }

            return first;
        }
    }

    /// <summary>A session by slot, to be looked at.</summary>
    public ref readonly OrderSession this[int slot] => ref _sessions[slot];

    /// <summary>A session by slot, to be changed.</summary>
    public ref OrderSession Edit(int slot) => ref _sessions.Edit(slot);

    /// <summary>Slot of a session; -1 when there is none.</summary>
    public int Find(long number) => _index.Find(number);

    /// <summary>Sessions of a user, open or with orders.</summary>
    public int CountOf(long user) => Math.Max(0, _countsOfUsers.Find(user));

    /// <summary>A node with open sessions; null when it has none.</summary>
    public SessionNode? FindNode(ReadOnlySpan<byte> name)
    {
        foreach (var node in _nodes)
        {
            if (Ascii.Equals(name, node.Name))
            {
                return node;
            }
        }

        return null;
    }

    /// <summary>Adds a node that is about to have a session.</summary>
    public SessionNode AddNode(string name, long incarnation)
    {
        var node = new SessionNode(name, incarnation);
        _nodes.Add(node);
        return node;
    }

    /// <summary>Adds a session with a number beyond all others, and gives its slot.</summary>
    public int Add(in OrderSession session)
    {
        var slot = _sessions.Take();
        ref var added = ref _sessions.Edit(slot);
        added = session;
        (added.Orders, added.Bets) = (OrderChain.Empty, OrderChain.Empty);
        (added.Next, added.Previous) = (-1, _all.Last);
        (_all.Last >= 0 ? ref _sessions.Edit(_all.Last).Next : ref _all.First) = slot;
        _all.Last = slot;
        _all.Count++;
        _index.Add(session.Number, slot);
        Recount(session.User, 1);
        if (session.Node is { } node)
        {
            node.Sessions++;
        }
        else
        {
            _ended.Add(slot, session.CancelAt, session.Number);
        }

        return slot;
    }

    /// <summary>Ends an open session: from a time on its orders are to be canceled.</summary>
    public void End(int slot, Values.OrderSessionChange change, long cancelAt)
    {
        ref var session = ref _sessions.Edit(slot);
        if (--session.Node!.Sessions == 0)
        {
            _nodes.Remove(session.Node);
        }

        (session.Node, session.Change, session.CancelAt) = (null, change, cancelAt);
        _ended.Add(slot, cancelAt, session.Number);
    }

    /// <summary>Forgets an ended session without orders.</summary>
    public void Remove(int slot)
    {
        ref var session = ref _sessions.Edit(slot);
        (session.Previous >= 0 ? ref _sessions.Edit(session.Previous).Next : ref _all.First) = session.Next;
        (session.Next >= 0 ? ref _sessions.Edit(session.Next).Previous : ref _all.Last) = session.Previous;
        _all.Count--;
        _index.Remove(session.Number);
        _ended.Remove(slot);
        Recount(session.User, -1);
        _sessions.Release(slot);
    }

    /// <summary>Takes an image of all sessions.</summary>
    public FrozenArray<OrderSession> Freeze() => _sessions.Freeze();

    private void Recount(long user, int change)
    {
        var before = _countsOfUsers.Find(user);
        if (before < 0)
        {
            _countsOfUsers.Add(user, change);
        }
        else if (before + change == 0)
        {
            _countsOfUsers.Remove(user);
        }
        else
        {
            _countsOfUsers.Replace(user, before + change);
        }
    }
}
