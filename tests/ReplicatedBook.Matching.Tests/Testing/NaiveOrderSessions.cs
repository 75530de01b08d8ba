using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>What sessions of orders must come to, in the plainest way: dictionaries, looked through from end to end at
/// every command. Which orders are open it asks of the exchange, order by order; which of them a session has it knows
/// by what was answered when they were placed.</summary>
internal sealed class NaiveOrderSessions
{
    private readonly SortedDictionary<long, NaiveSession> _sessions = [];
    private readonly Dictionary<string, NaiveNode> _nodes = [];
    private int _canceledByEvents;

    /// <summary>Orders that were seen to be canceled for their session's end.</summary>
    public int Canceled { get; private set; }

    /// <summary>Follows an applied command and requires that all is as it must be.</summary>
    public void Follow(Venue venue, object command, int user, CommandOutcome outcome)
    {
        var now = venue.Exchange.Now.Microseconds;
        foreach (var node in _nodes.Values.Where(node => node.DueAt <= now).OrderBy(node => node.DueAt).ToList())
        {
            End(session => session.Node == node, node.DueAt);
        }

        Apply(command, user, outcome, now);
        foreach (var session in _sessions.Values.ToList())
        {
            session.Orders.RemoveWhere(order => RequireEnd(venue.Exchange, order, session, now));
            if (session.Node is null && session.CancelAt <= now)
            {
                Assert.Empty(session.Orders);
                _sessions.Remove(session.Number);
            }
        }

        RequireNoOther(venue);
        Assert.Equal(_sessions.Values.Select(session => session.ToView()), venue.Exchange.OrderSessions);
    }

    private void Apply(object command, int user, CommandOutcome outcome, long now)
    {
        switch (command)
        {
            case OpenOrderSession open when outcome.IsAccepted:
                Renounce(open.Node, open.Incarnation, now);
                if (!_nodes.TryGetValue(open.Node, out var node))
                {
                    _nodes[open.Node] = node = new NaiveNode(open.Node, open.Incarnation);
                }

                (node.Lease, node.DueAt) = (open.Lease, now + open.Lease);
                var number = outcome.OrderSession.Value;
                _sessions.Add(number, new NaiveSession(number, user, open.Grace) { Node = node });
                break;
            case CloseOrderSession close:
                Assert.Equal(
                    outcome.IsAccepted,
                    _sessions.TryGetValue(close.Session.Value, out var own) && own.Node is not null
                        && own.User == user);
                End(session => outcome.IsAccepted && session.Number == close.Session.Value, now);
                break;
            case RenewOrderSessions renew:
                Renounce(renew.Node, renew.Incarnation, now);
                var renewed = _nodes.GetValueOrDefault(renew.Node);
                Assert.Equal(
                    renewed is null ? 0 : _sessions.Values.Count(session => session.Node == renewed),
                    outcome.OrderSessionCount);
                _ = renewed is null ? 0 : renewed.DueAt = now + renewed.Lease;
                break;
            case UpdateUser { IsDisabled: true } update when outcome.IsAccepted:
                End(session => session.Node is not null && session.User == update.User.Value, now);
                break;
            case PlaceOrder place:
                Remember(place.Session, user, outcome);
                break;
            case PlaceBet place:
                Remember(place.Session, user, outcome);
                break;
            case PlaceBatch batch:
                RememberAll(batch.Session, user, outcome);
                break;
            case PlaceBatchWithBets batch:
                RememberAll(batch.Session, user, outcome);
                break;
        }
    }

    private void Renounce(string name, long incarnation, long now)
    {
        if (_nodes.GetValueOrDefault(name) is { } before && before.Incarnation != incarnation)
        {
            End(session => session.Node == before, now);
        }
    }

    private void End(Func<NaiveSession, bool> which, long at)
    {
        foreach (var session in _sessions.Values.Where(which))
        {
            var node = session.Node!;
            (session.Node, session.CancelAt) = (null, at + session.Grace);
            if (!_sessions.Values.Any(other => other.Node == node))
            {
                _nodes.Remove(node.Name);
            }
        }
    }

    private void RememberAll(OrderSessionId session, int user, CommandOutcome outcome)
    {
        foreach (var item in outcome.Items)
        {
            Remember(session, user, item);
        }
    }

    private void Remember(OrderSessionId number, int user, CommandOutcome outcome)
    {
        if (number.Value == 0 || outcome.IsExistingOrder)
        {
            return;
        }

        var session = _sessions.GetValueOrDefault(number.Value);
        var isRefused = session?.Node is null || session.User != user;
        Assert.False(isRefused && outcome.IsAccepted);
        Assert.False(!isRefused && outcome.Reason == RejectReason.OrderSessionEnded);
        if (outcome is { IsAccepted: true, Order: { } order })
        {
            session!.Orders.Add((order.Id.Value, false));
        }
        else if (outcome is { IsAccepted: true, Bet: { } bet })
        {
            session!.Orders.Add((bet.Id.Value, true));
        }
    }

    /// <summary>Whether an order is open no more; then, if its session's end was the reason, that had come.</summary>
    private bool RequireEnd(Exchange exchange, (long Id, bool IsBet) order, NaiveSession session, long now)
    {
        var id = new OrderId(order.Id);
        var (status, reason) = order.IsBet
            ? (exchange.FindBet(id)?.Status, exchange.FindBet(id)?.Reason)
            : (exchange.FindOrder(id)?.Status, exchange.FindOrder(id)?.Reason);
        if (reason == StatusReason.SessionEnded)
        {
            Canceled++;
            Assert.True(session.Node is null && session.CancelAt <= now);
        }

        return status is not (OrderStatus.Open or OrderStatus.Pending);
    }

    /// <summary>Every cancel of this entry for a session's end was one of those that were expected.</summary>
    private void RequireNoOther(Venue venue)
    {
        _canceledByEvents += venue.Events.Of<OrderCanceled>().Count(e => e.Reason == StatusReason.SessionEnded)
            + venue.Events.Of<BetCanceled>().Count(e => e.Reason == StatusReason.SessionEnded);
        Assert.Equal(_canceledByEvents, Canceled);
    }

    private sealed class NaiveNode(string name, long incarnation)
    {
        public string Name { get; } = name;

        public long Incarnation { get; } = incarnation;

        public long Lease { get; set; }

        public long DueAt { get; set; }
    }

    private sealed class NaiveSession(long number, int user, long grace)
    {
        public long Number { get; } = number;

        public int User { get; } = user;

        public long Grace { get; } = grace;

        public NaiveNode? Node { get; set; }

        public long CancelAt { get; set; }

        public HashSet<(long Id, bool IsBet)> Orders { get; } = [];

        public OrderSessionView ToView() => new(
            new OrderSessionId(Number), new UserId(User), Node?.Name, Node?.Incarnation ?? 0,
            new Timestamp(Node?.DueAt ?? 0), new Timestamp(CancelAt), Orders.Count);
    }
}
