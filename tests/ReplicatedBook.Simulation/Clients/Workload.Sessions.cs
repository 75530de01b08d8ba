using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Simulation.Engine;

namespace ReplicatedBook.Simulation.Clients;

/// <content>Sessions of orders: clients open them on nodes with short leases, place in them, renew and close them, or
/// leave them to lapse. What is placed in one that is over by then is refused, as that of users is.</content>
internal sealed partial class Workload
{
    private const int SessionNodes = 2;

    /// <summary>One request of a client about sessions.</summary>
    /// <param name="number">Of the operation, from 1.</param>
    /// <param name="market">Which sessions are known.</param>
    /// <param name="known">What was committed; who asks has read it.</param>
    /// <param name="deadline">In microseconds of cluster time; 0 for none.</param>
    /// <param name="chance">Decides what it is.</param>
    public ClientRequest Sessions(int number, Market market, Exchange known, long deadline, RandomStream chance)
    {
        (_now, _hasOptions) = (known.Now.Microseconds, true);
        var key = NewGroup("o", number, deadline).Key;
        var node = $"s{chance.Number(1, SessionNodes)}";
        var run = chance.Chance(970) ? 1 : 2;
        var own = market.SessionsOf(client);
        if (own.Count == 0 || chance.Chance(100))
        {
            // The local user may act for everybody; users of the table may be disabled, which ends their sessions.
            var opener = known.UserById(_user) is { IsDisabled: false } && chance.Chance(500) ? _user : default;
            var open = new OpenOrderSession(
                node, run, chance.Between(2, 15) * OpenOrderSession.MinLease, chance.Between(0, 1) * 500_000);
            return Make(
                new RequestGroup(opener, key, deadline),
                (destination, header) => CommandCodec.Write(destination, header, open));
        }

        var (session, user) = own[Math.Max(0, own.Count - 1 - (chance.Chance(800) ? 0 : chance.Number(1, 2)))];
        var group = new RequestGroup(user, key, deadline);
        return chance.Number(0, 99) switch
        {
            < 20 => Make(group, (destination, header) => CommandCodec.Write(
                destination, header, new RenewOrderSessions(node, run))),
            < 28 => Make(group, (destination, header) => CommandCodec.Write(
                destination, header, new CloseOrderSession(session))),
            < 43 => PlaceSomeIn(group, number, session, chance),
            < 55 when market.BettingMarkets > 0 => Make(group, (destination, header) => CommandCodec.Write(
                destination, header,
                DrawBet(
                    OrderName(number, 0), new BettingMarketId(Recent(market.BettingMarkets, chance)), chance) with
                {
                    Session = session,
                })),
            _ => Make(group, (destination, header) => CommandCodec.Write(
                destination, header, DrawOrder(OrderName(number, 0), chance) with { Session = session })),
        };
    }

    private ClientRequest PlaceSomeIn(RequestGroup group, int number, OrderSessionId session, RandomStream chance)
    {
        var orders = new List<PlaceOrder>();
        for (var i = (int)chance.Skewed(1, maxBatch); i > 0; i--)
        {
            orders.Add(DrawOrder(OrderName(number, i), chance));
        }

        var batch = new PlaceBatch(orders) { IsAtomic = chance.Chance(300), Session = session };
        return Make(group, (destination, header) => CommandCodec.Write(destination, header, batch));
    }
}
