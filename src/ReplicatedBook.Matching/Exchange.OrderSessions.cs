using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Sessions;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching;

/// <content>Sessions of orders: what was placed in one is canceled after its end.</content>
public sealed partial class Exchange
{
    private readonly OrderSessionTable _orderSessions = new();
    private long _sessionsDue = long.MaxValue;

    /// <summary>All sessions of orders that are open, or have ended and still have orders, by number.</summary>
    public IReadOnlyList<OrderSessionView> OrderSessions
    {
        get
        {
            var views = new List<OrderSessionView>(_orderSessions.Count);
            for (var slot = _orderSessions.First; slot >= 0; slot = _orderSessions[slot].Next)
            {
                views.Add(ViewOf(in _orderSessions[slot]));
            }

            return views;
        }
    }

    /// <summary>Whether a node has open sessions of orders from another run of it.</summary>
    /// <param name="node">Its name.</param>
    /// <param name="incarnation">Its present run.</param>
    public bool HasOlderOrderSessions(string node, long incarnation)
    {
        foreach (var known in _orderSessions.Nodes)
        {
            if (known.Name == node && known.Incarnation != incarnation)
            {
                return true;
            }
        }

        return false;
    }

    private static OrderSessionView ViewOf(in OrderSession session) => new(
        new OrderSessionId(session.Number), new UserId(session.User), session.Node?.Name,
        session.Node?.Incarnation ?? 0, new Timestamp(session.Node?.DueAt ?? 0), new Timestamp(session.CancelAt),
        session.Orders.Count + session.Bets.Count);

    /// <summary>Whether a user may place orders in a session: it is open and the user's.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // Few orders name one.
    private bool MayPlaceIn(long session, UserId user) =>
        _orderSessions.Find(session) is >= 0 and var slot && _orderSessions[slot].IsOpen
        && _orderSessions[slot].User == user.Value;

    /// <summary>Puts an order that comes to rest at the end of its session's.</summary>
    private void LinkToSession(int slot) =>
        _orderSessions.Orders.Add(slot, ref _orderSessions.Edit(_orderSessions.Orders.SessionOf(slot)).Orders);

    private void UnlinkFromSession(int slot) =>
        _orderSessions.Orders.Remove(slot, ref _orderSessions.Edit(_orderSessions.Orders.SessionOf(slot)).Orders);

    private void LinkBetToSession(int slot) =>
        _orderSessions.Bets.Add(slot, ref _orderSessions.Edit(_orderSessions.Bets.SessionOf(slot)).Bets);

    private void UnlinkBetFromSession(int slot) =>
        _orderSessions.Bets.Remove(slot, ref _orderSessions.Edit(_orderSessions.Bets.SessionOf(slot)).Bets);

    /// <summary>Checked in this order: UserNotFound, LeaseOutOfRange, TooManyOrderSessions.</summary>
    private RejectReason ApplyOpenOrderSession(in Envelope header, ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryReadOpenSession(
            ref reader, out var name, out var incarnation, out var lease, out var grace))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var user = header.User.Value;
        var node = _orderSessions.FindNode(name);
        var reason = barred != RejectReason.None ? barred
            : user != 0 && (!_users.Has(user) || _users[(int)user].IsDisabled) ? RejectReason.UserNotFound
            : lease is < OpenOrderSession.MinLease or > OpenOrderSession.MaxLease
                || grace is < 0 or > OpenOrderSession.MaxGrace ? RejectReason.LeaseOutOfRange
            : _orderSessions.Count >= _limits.MaxOrderSessions
                || _orderSessions.CountOf(user) >= _limits.MaxOrderSessionsPerUser
                || (node is null && _orderSessions.Nodes.Count >= OrderSessionTable.MaxNodes)
                ? RejectReason.TooManyOrderSessions
            : RejectReason.None;
        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        if (node is not null && node.Incarnation != incarnation)
        {
            EndSessionsOf(node, OrderSessionChange.NodeRestarted, Now.Microseconds);
            node = null;
        }

        node ??= _orderSessions.AddNode(System.Text.Encoding.ASCII.GetString(name), incarnation);
        (node.Lease, node.DueAt) = (lease, Now.Microseconds + lease);
        var number = ++_orderSessions.LastNumber;
        _orderSessions.Add(new OrderSession { Number = number, User = user, Grace = grace, Node = node });
        _events.On(new OrderSessionChanged(
            new OrderSessionId(number), new UserId(user), node.Name, OrderSessionChange.Opened, default));
        CancelOfEndedSessions();
        AnswerOrderSession(number, 0);
        return RejectReason.None;
    }

    /// <summary>Refused with OrderSessionEnded when it is not open, or somebody else's.</summary>
    private RejectReason ApplyCloseOrderSession(in Envelope header, ref MessagePackReader reader, RejectReason barred)
    {
        if (!reader.TryReadInteger(out var number) || !reader.IsAtEnd)
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred != RejectReason.None || !MayPlaceIn(number, header.User))
        {
            return Refuse(barred != RejectReason.None ? barred : RejectReason.OrderSessionEnded);
        }

        var slot = _orderSessions.Find(number);
        var before = _orderSessions[slot].Orders.Count + _orderSessions[slot].Bets.Count;
        EndSession(slot, OrderSessionChange.Closed, Now.Microseconds);
        CancelOfEndedSessions();
        slot = _orderSessions.Find(number);
        var after = slot < 0 ? 0 : _orderSessions[slot].Orders.Count + _orderSessions[slot].Bets.Count;
        AnswerOrderSession(number, before - after);
        return RejectReason.None;
    }

    /// <summary>Never refused for what the state holds: a node without sessions has none renewed.</summary>
    private RejectReason ApplyRenewOrderSessions(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryReadRenewSessions(ref reader, out var name, out var incarnation))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred != RejectReason.None)
        {
            return Refuse(barred);
        }

        var node = _orderSessions.FindNode(name);
        var renewed = node?.Incarnation == incarnation ? node.Sessions : 0;
        if (renewed > 0)
        {
            node!.DueAt = Now.Microseconds + node.Lease;
        }
        else if (node is not null)
        {
            EndSessionsOf(node, OrderSessionChange.NodeRestarted, Now.Microseconds);
        }

        CancelOfEndedSessions();
        AnswerOrderSession(0, renewed);
        return RejectReason.None;
    }

    /// <summary>Ends the sessions of nodes that were not heard of, in order of time, then cancels.</summary>
    private void DoSessionsDue()
    {
        while (_orderSessions.FirstToLapse is { } node && node.DueAt <= Now.Microseconds)
        {
            EndSessionsOf(node, OrderSessionChange.LeaseExpired, node.DueAt);
        }

        CancelOfEndedSessions();
    }

    private void EndSessionsOf(SessionNode node, OrderSessionChange change, long at)
    {
        for (var slot = _orderSessions.First; slot >= 0; slot = _orderSessions[slot].Next)
        {
            if (_orderSessions[slot].Node == node)
            {
                EndSession(slot, change, at);
            }
        }
    }

    /// <summary>Ends the open sessions of a user who is disabled.</summary>
    private void EndOrderSessionsOf(long user)
    {
        for (var slot = _orderSessions.First; slot >= 0; slot = _orderSessions[slot].Next)
        {
            if (_orderSessions[slot].User == user && _orderSessions[slot].IsOpen)
            {
                EndSession(slot, OrderSessionChange.UserDisabled, Now.Microseconds);
            }
        }

        CancelOfEndedSessions();
    }

    private void EndSession(int slot, OrderSessionChange change, long at)
    {
        ref readonly var session = ref _orderSessions[slot];
        var node = session.Node!.Name;
        _orderSessions.End(slot, change, at + session.Grace);
        _events.On(new OrderSessionChanged(
            new OrderSessionId(session.Number), new UserId(session.User), node, change,
            new Timestamp(session.CancelAt)));
    }

    /// <summary>Cancels orders, then bets, of ended sessions whose grace is over, session after session in order of
    /// that time and by id: at most as many as end before one command. What is left over is canceled before the next
    /// commands; the list of what is still open says where to go on.</summary>
    private void CancelOfEndedSessions()
    {
        for (var left = MostEnds; left > 0 && _orderSessions.FirstCancel <= Now.Microseconds; left--)
        {
            var slot = _orderSessions.FirstToCancel;
            if (_orderSessions[slot].Orders.First is >= 0 and var order)
            {
                CancelResting(order, StatusReason.SessionEnded);
            }
            else if (_orderSessions[slot].Bets.First is >= 0 and var bet)
            {
                CloseRestingBet(bet, StatusReason.SessionEnded);
            }

            if (!_orderSessions[slot].HasOrders)
            {
                _orderSessions.Remove(slot);
            }
        }

        NoteBettingDue(); // Bets that waited for the delay may be gone.
        NoteSessionsDue();
    }

    /// <summary>To be called wherever a session or lease may have begun or ended.</summary>
    private void NoteSessionsDue()
    {
        _sessionsDue = _orderSessions.FirstDue;
        NoteDue(_sessionsDue);
    }

    private void AnswerOrderSession(long session, int count)
    {
        var packed = new PackedSpan(_answer.Reserve(ResultLayout.OrderSessionBytes));
        ResultLayout.OrderSession(ref packed, session, count);
        _answer.Advance(packed.Length);
    }
}
