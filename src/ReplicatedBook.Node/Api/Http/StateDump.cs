using System.Text.Json;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Parts of the state as JSON that depends on the state alone, so that two nodes' dumps at one index are the
/// same bytes. Lists are in order of id; books in order of priority, with what the book shows of each order.</summary>
internal static class StateDump
{
    /// <summary>What can be asked for. Users are empty until there are such.</summary>
    public static readonly string[] Parts =
        [
            "assets", "accounts", "instruments", "balances", "orders", "books", "positions", "markets", "users",
            "betting_markets", "bets", "order_sessions",
        ];

    /// <summary>Copies a part; runs as a query.</summary>
    public static StateCopy Take(string part, Exchange exchange)
    {
        var copy = new StateCopy
        {
            Assets = exchange.Assets,
            Instruments = exchange.Instruments,
            BettingMarkets = part is "betting_markets" or "bets" ? exchange.BettingMarkets : [],
        };
        switch (part)
        {
            case "accounts":
                foreach (var account in AccountsOf(exchange))
                {
                    copy.Accounts.Add(exchange.FindAccount(account)!);
                }

                break;
            case "balances":
                foreach (var account in AccountsOf(exchange))
                {
                    copy.Balances.Add((account, exchange.Balances(account)!));
                }

                break;
            case "positions":
                foreach (var account in AccountsOf(exchange))
                {
                    copy.Positions.Add((account, exchange.Positions(account)!));
                }

                break;
            case "markets":
                copy.Markets.AddRange(exchange.PredictionMarkets);
                break;
            case "orders":
                foreach (var instrument in copy.Instruments)
                {
                    copy.Orders.AddRange(exchange.OpenOrders(instrument.Id));
                }

                copy.Orders.Sort(static (left, right) => left.Id.CompareTo(right.Id));
                break;
            case "books":
                foreach (var instrument in copy.Instruments)
                {
                    copy.Books.Add(exchange.Book(instrument.Id, int.MaxValue, withOrders: true)!);
                    copy.Stops.Add(
                        [.. exchange.OpenOrders(instrument.Id).Where(order => order.Status == OrderStatus.Pending)]);
                }

                break;
            case "bets":
                foreach (var market in copy.BettingMarkets)
                {
                    copy.Bets.AddRange(exchange.OpenBets(market.Id));
                }

                copy.Bets.Sort(static (left, right) => left.Id.CompareTo(right.Id));
                break;
            case "order_sessions":
                copy.OrderSessions.AddRange(exchange.OrderSessions);
                break;
        }

        return copy;
    }

    /// <summary>Writes a copied part.</summary>
    public static void Write(Utf8JsonWriter json, string part, long index, StateCopy copy)
    {
        json.WriteStartObject();
        json.WriteNumber("index", index);
        json.WriteString("part", part);
        json.WriteStartArray("items");
        switch (part)
        {
            case "assets":
                WriteAll(json, copy.Assets, static asset => JsonSerializer.SerializeToElement(
                    Shapes.Of(asset, null), ResponseJson.Default.AssetResponse));
                break;
            case "accounts":
                WriteAll(json, copy.Accounts, static account => JsonSerializer.SerializeToElement(
                    Shapes.Of(account, null), ResponseJson.Default.AccountResponse));
                break;
            case "instruments":
                WriteAll(json, copy.Instruments, static instrument => JsonSerializer.SerializeToElement(
                    Shapes.Of(instrument), ResponseJson.Default.InstrumentResponse));
                break;
            case "orders":
                var terms = copy.Instruments.Select(instrument => new InstrumentTerms(instrument)).ToArray();
                WriteAll(json, copy.Orders, order => JsonSerializer.SerializeToElement(
                    OrderShapes.Of(order, terms[order.Instrument.Value - 1]), ResponseJson.Default.OrderState));
                break;
            case "balances":
                WriteBalances(json, copy);
                break;
            case "positions":
                WritePositions(json, copy);
                break;
            case "markets":
                WriteAll(json, copy.Markets, static market => JsonSerializer.SerializeToElement(
                    MarketShapes.EventOf(market), ResponseJson.Default.EventResponse));
                break;
            case "books":
                WriteBooks(json, copy);
                break;
            case "betting_markets":
                WriteAll(json, copy.BettingMarkets, static market => JsonSerializer.SerializeToElement(
                    BettingShapes.Of(market), ResponseJson.Default.BettingMarketResponse));
                break;
            case "bets":
                var betting = copy.BettingMarkets.Select(market => new BettingTerms(market)).ToArray();
                WriteAll(json, copy.Bets, bet => JsonSerializer.SerializeToElement(
                    BetShapes.Of(bet, betting[bet.Market.Value - 1]), ResponseJson.Default.OrderState));
                break;
            case "order_sessions":
                WriteOrderSessions(json, copy.OrderSessions);
                break;
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteOrderSessions(Utf8JsonWriter json, IReadOnlyList<OrderSessionView> sessions)
    {
        foreach (var session in sessions)
        {
            json.WriteStartObject();
            json.WriteString("session_id", IdText.Of(session.Session));
            json.WriteString("user_id", IdText.Of(session.User));
            json.WriteString("node", session.Node);
            json.WriteNumber("incarnation", session.Incarnation);
            json.WriteString("lease_ends_at", session.Node is null ? null : TimeText.Of(session.LeaseEndsAt));
            json.WriteString("cancel_at", session.Node is null ? TimeText.Of(session.CancelAt) : null);
            json.WriteNumber("open_orders", session.OpenOrders);
            json.WriteEndObject();
        }
    }

    private static void WriteBalances(Utf8JsonWriter json, StateCopy copy)
    {
        foreach (var (account, balances) in copy.Balances)
        {
            json.WriteStartObject();
            json.WriteString("account_id", IdText.Of(account));
            json.WriteStartArray("items");
            WriteAll(json, balances, balance => JsonSerializer.SerializeToElement(
                Shapes.Of(balance, copy.Assets[balance.Asset.Value - 1]), ResponseJson.Default.BalanceResponse));
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    private static void WritePositions(Utf8JsonWriter json, StateCopy copy)
    {
        foreach (var (account, positions) in copy.Positions)
        {
            json.WriteStartObject();
            json.WriteString("account_id", IdText.Of(account));
            json.WriteStartArray("items");
            WriteAll(json, positions, position => JsonSerializer.SerializeToElement(
                PositionShapes.Of(position, new InstrumentTerms(copy.Instruments[position.Instrument.Value - 1])),
                ResponseJson.Default.PositionResponse));
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    private static void WriteBooks(Utf8JsonWriter json, StateCopy copy)
    {
        for (var i = 0; i < copy.Books.Count; i++)
        {
            var book = copy.Books[i];
            var terms = new InstrumentTerms(copy.Instruments[book.Instrument.Value - 1]);
            json.WriteStartObject();
            json.WriteString("instrument", terms.Symbol);
            WriteSide(json, "bids", book.BidOrders, terms);
            WriteSide(json, "asks", book.AskOrders, terms);
            WriteStops(json, copy.Stops[i], terms);
            json.WriteEndObject();
        }
    }

    /// <summary>Stop orders in the order in which they trigger; nothing where there are none.</summary>
    private static void WriteStops(Utf8JsonWriter json, IReadOnlyList<OrderView> stops, InstrumentTerms terms)
    {
        if (stops.Count > 0)
        {
            WriteSide(json, "stop_buys", StopsOf(stops, Side.Buy), terms);
            WriteSide(json, "stop_sells", StopsOf(stops, Side.Sell), terms);
        }
    }

    private static IReadOnlyList<RestingOrderView> StopsOf(IReadOnlyList<OrderView> stops, Side side) =>
        [
            .. stops.Where(order => order.Side == side)
                .Select(order => new RestingOrderView(order.StopPrice, order.Remaining, order.Id)),
        ];

    private static void WriteSide(
        Utf8JsonWriter json, string name, IReadOnlyList<RestingOrderView> orders, InstrumentTerms terms)
    {
        json.WriteStartArray(name);
        foreach (var order in orders)
        {
            json.WriteStartArray();
            json.WriteStringValue(terms.Format(order.Price));
            json.WriteStringValue(terms.Format(order.Remaining));
            json.WriteStringValue(IdText.Of(order.Order));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteAll<T>(Utf8JsonWriter json, IReadOnlyList<T> items, Func<T, JsonElement> shape)
    {
        foreach (var item in items)
        {
            shape(item).WriteTo(json);
        }
    }

    private static IEnumerable<AccountId> AccountsOf(Exchange exchange)
    {
        for (long number = 1; number <= exchange.AccountCount; number++)
        {
            yield return new AccountId(number);
        }
    }
}
