using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.Api.Http;

/// <content>Which fields of an order go together: what does not is refused here, with the field named, and never
/// reaches the log.</content>
internal static partial class OrderBinder
{
    /// <summary>Whether it has a limit price.</summary>
    public static bool IsLimit(OrderType type) => type is OrderType.Limit or OrderType.StopLimit;

    private static bool Rests(TimeInForce timeInForce) =>
        timeInForce is TimeInForce.GoodTilCanceled or TimeInForce.GoodTilDate;

    private static void RefuseBetFields(PlaceOrderRequest request, string prefix, Defects defects)
    {
        Refuse(request.Persistence, "persistence");
        Refuse(request.MarketVersion, "market_version");
        Refuse(request.MinFillQuantity, "min_fill_quantity");

        void Refuse(object? value, string field)
        {
            if (value is not null)
            {
                defects.Invalid(prefix + field, $"{prefix}{field} goes with bets only: side back or lay");
            }
        }
    }

    private static TimeInForce TimeInForceOf(
        PlaceOrderRequest request, OrderType type, string prefix, Defects defects)
    {
        if (request.TimeInForce is null)
        {
            return type == OrderType.Market ? TimeInForce.ImmediateOrCancel : TimeInForce.GoodTilCanceled;
        }

        var timeInForce = EnumText.ToTimeInForce(request.TimeInForce)
            ?? Unknown<TimeInForce>(prefix + "time_in_force", EnumText.TimesInForce, defects);
        if (timeInForce == TimeInForce.GoodTilDate && type == OrderType.Market)
        {
            defects.Invalid(prefix + "time_in_force", "a market order never rests, so it has no end");
        }

        return timeInForce;
    }

    private static void CheckPrice(string? price, OrderType type, string prefix, Defects defects)
    {
        if (price is not null && !IsLimit(type))
        {
            defects.Invalid(prefix + "price", $"a {EnumText.Of(type)} order has no price");
        }
        else if (price is not null)
        {
            CheckPositive(price, prefix + "price", defects);
        }
        else if (IsLimit(type))
        {
            defects.Missing(prefix + "price");
        }
    }

    private static void CheckQuantity(
        PlaceOrderRequest request, Side side, OrderType type, TimeInForce timeInForce, string prefix, Defects defects)
    {
        if (request.Quantity is not null)
        {
            CheckPositive(request.Quantity, prefix + "quantity", defects);
        }
        else if (request.QuoteQuantity is null)
        {
            defects.Missing(prefix + "quantity");
        }

        if (request.QuoteQuantity is null)
        {
            return;
        }

        var field = prefix + "quote_quantity";
        CheckPositive(request.QuoteQuantity, field, defects);
        if (request.Quantity is not null)
        {
            defects.Invalid(field, $"{field} stands in place of quantity: one of them can be given");
        }

        if (IsLimit(type) || side != Side.Buy || timeInForce == TimeInForce.FillOrKill)
        {
            defects.Invalid(field, $"{field} goes with market and stop orders to buy only, and not with fok");
        }
    }

    private static void CheckOptions(
        PlaceOrderRequest request, OrderType type, TimeInForce timeInForce, string prefix, Defects defects)
    {
        CheckOption(
            request.ProtectionPrice, prefix + "protection_price", !IsLimit(type), "market and stop", defects);
        CheckOption(
            request.DisplayQuantity, prefix + "display_quantity", IsLimit(type) && Rests(timeInForce),
            "limit and stop_limit, gtc and gtd", defects);
        var isStop = type is OrderType.Stop or OrderType.StopLimit;
        CheckOption(request.StopPrice, prefix + "stop_price", isStop, "stop and stop_limit", defects);
        if (isStop && request.StopPrice is null)
        {
            defects.Missing(prefix + "stop_price");
        }
    }

    private static void CheckOption(string? text, string field, bool fits, string where, Defects defects)
    {
        if (text is null)
        {
            return;
        }

        CheckPositive(text, field, defects);
        if (!fits)
        {
            defects.Invalid(field, $"{field} goes with {where} only");
        }
    }

    private static Timestamp ExpiresAt(
        string? text, OrderType type, TimeInForce timeInForce, string prefix, Defects defects)
    {
        var field = prefix + "expires_at";
        if (text is null)
        {
            if (timeInForce == TimeInForce.GoodTilDate && type != OrderType.Market)
            {
                defects.Missing(field);
            }

            return default;
        }

        if (timeInForce != TimeInForce.GoodTilDate)
        {
            defects.Invalid(field, $"{field} goes with gtd only");
        }

        if (TimeText.Parse(text) is { } time)
        {
            return time;
        }

        defects.Invalid(field, $"{field} must be a time as in RFC 3339, at most with microseconds");
        return default;
    }

    private static ApiProblem? ToTicksOrNone(string? text, string field, InstrumentTerms terms, out Price price)
    {
        price = default;
        return text is null ? null : ToTicks(text, field, terms, out price);
    }
}
