using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.MarketData;

/// <summary>The open orders and bets of some accounts, copied by a query, with what they name.</summary>
internal sealed class OpenOrders
{
    private readonly List<OrderView> _orders = [];
    private readonly List<BetView> _bets = [];
    private readonly Dictionary<InstrumentId, InstrumentView> _instruments = [];
    private readonly Dictionary<BettingMarketId, BettingMarketView> _markets = [];

    /// <summary>Copies them; for queries.</summary>
    public static OpenOrders Of(Exchange exchange, IReadOnlyList<AccountId> accounts)
    {
        var open = new OpenOrders();
        foreach (var account in accounts)
        {
            open._orders.AddRange(exchange.OpenOrders(account));
            open._bets.AddRange(exchange.OpenBets(account));
        }

        foreach (var order in open._orders.Where(order => !open._instruments.ContainsKey(order.Instrument)))
        {
            open._instruments.Add(order.Instrument, exchange.FindInstrument(order.Instrument)!);
        }

        foreach (var bet in open._bets.Where(bet => !open._markets.ContainsKey(bet.Market)))
        {
            open._markets.Add(bet.Market, exchange.FindBettingMarket(bet.Market)!);
        }

        return open;
    }

    /// <summary>All of them as a list, each as the HTTP interface shows it.</summary>
    public ReadOnlyMemory<byte> ToJson(Catalog catalog)
    {
        var orders = _orders.Select(order => OrderShapes.Of(order, catalog.Keep(_instruments[order.Instrument])));
        var bets = _bets.Select(bet => BetShapes.Of(bet, catalog.Keep(_markets[bet.Market])));
        return ChannelJson.ListOf(orders.Concat(bets).Select(state =>
            (ReadOnlyMemory<byte>)ChannelJson.Of(state, ResponseJson.Default.OrderState)));
    }
}
