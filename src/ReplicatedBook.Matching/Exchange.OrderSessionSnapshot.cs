using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Sessions;

namespace ReplicatedBook.Matching;

/// <content>Sessions of orders in snapshots.</content>
public sealed partial class Exchange
{
    private FrozenOrderSessions FreezeOrderSessions(FrozenExchange image)
    {
        var nodes = new List<(SessionNode, long, long)>(_orderSessions.Nodes.Count);
        foreach (var node in _orderSessions.Nodes)
        {
            nodes.Add((node, node.Lease, node.DueAt));
        }

        return new FrozenOrderSessions
        {
            LastNumber = _orderSessions.LastNumber,
            Nodes = nodes,
            Count = _orderSessions.Count,
            First = _orderSessions.First,
            Sessions = _orderSessions.Freeze(),
            OrderLinks = _orderSessions.Orders.Freeze(),
            BetLinks = _orderSessions.Bets.Freeze(),
            Orders = image.OpenOrders,
            Bets = image.Betting!.Bets,
        };
    }

    private void ReadOrderSessions(ref FieldReader fields)
    {
        _orderSessions.LastNumber = fields.Integer(0, long.MaxValue - 1);
        var nodes = ReadSessionNodes(ref fields);
        var count = fields.Array();
        fields.Expect(count <= _limits.MaxOrderSessions, "the number of order sessions");
        for (var last = 0L; count > 0; count--)
        {
            var session = OrderSessionLayout.ReadSession(ref fields, nodes);
            fields.Expect(
                session.Number > last && session.Number <= _orderSessions.LastNumber
                    && (session.User == 0 || (_users.Has(session.User)
                        && !(session.IsOpen && _users[(int)session.User].IsDisabled)))
                    && _orderSessions.CountOf(session.User) < _limits.MaxOrderSessionsPerUser,
                "an order session");
            last = session.Number;
            var slot = _orderSessions.Add(in session);
            ReadOrdersOf(ref fields, slot);
            ReadBetsOf(ref fields, slot);
            fields.Expect(
                session.IsOpen || session.CancelAt > Now.Microseconds || _orderSessions[slot].HasOrders,
                "an order session that is over");
        }

        foreach (var node in nodes)
        {
            fields.Expect(node.Sessions > 0, "a node without order sessions");
        }

        NoteSessionsDue();
    }

    private SessionNode[] ReadSessionNodes(ref FieldReader fields)
    {
        var count = fields.Array();
        fields.Expect(count <= OrderSessionTable.MaxNodes, "the number of nodes");
        var nodes = new SessionNode[count];
        for (var i = 0; i < count; i++)
        {
            var (name, incarnation, lease, dueAt) = OrderSessionLayout.ReadNode(ref fields);
            fields.Expect(
                dueAt > Now.Microseconds && dueAt - lease <= Now.Microseconds
                    && _orderSessions.FindNode(System.Text.Encoding.ASCII.GetBytes(name)) is null,
                "the lease of a node");
            nodes[i] = _orderSessions.AddNode(name, incarnation);
            (nodes[i].Lease, nodes[i].DueAt) = (lease, dueAt);
        }

        return nodes;
    }

    private void ReadOrdersOf(ref FieldReader fields, int session)
    {
        var last = 0L;
        for (var count = fields.Array(); count > 0; count--)
        {
            var id = fields.Integer(last + 1, _lastOrder);
            var slot = Locate(id, out var isOpen);
            fields.Expect(isOpen && !_orders[slot].HasSession, "an order of a session");
            last = id;
            _orders.Edit(slot).HasSession = true;
            _orderSessions.Orders.Assign(slot, session);
            LinkToSession(slot);
        }
    }

    private void ReadBetsOf(ref FieldReader fields, int session)
    {
        var last = 0L;
        for (var count = fields.Array(); count > 0; count--)
        {
            var id = fields.Integer(last + 1, _lastOrder);
            var slot = LocateBet(id, out var isOpen);
            fields.Expect(isOpen && !_bets[slot].HasSession, "a bet of a session");
            last = id;
            _bets.Edit(slot).HasSession = true;
            _orderSessions.Bets.Assign(slot, session);
            LinkBetToSession(slot);
        }
    }
}
