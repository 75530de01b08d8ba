using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Turns requests for orders into commands: first the texts, which need no state, then ticks and lots, which
/// need the instrument.</summary>
internal static partial class OrderBinder
{
    /// <summary>Understands the texts of an order.</summary>
    /// <param name="request">As read.</param>
    /// <param name="prefix">Path of the order within the body; empty for a single one.</param>
    /// <param name="defects">Receives what is wrong.</param>
    /// <returns>Null when something is wrong.</returns>
    public static OrderTerms? Bind(PlaceOrderRequest request, string prefix, Defects defects)
    {
        var defectsBefore = defects.Count;
        RefuseBetFields(request, prefix, defects);
        var account = Account(request.AccountId, prefix + "account_id", defects);
        if (!ClientOrderId.TryCreate(request.ClientOrderId ?? "", out var clientOrderId)
            || request.ClientOrderId?.Length == 0)
        {
            defects.Invalid(prefix + "client_order_id", "client_order_id must be 1 to 36 printable ASCII characters");
        }

        if (!IdText.IsId(request.Instrument))
        {
            defects.Invalid(prefix + "instrument", "instrument must be 1 to 64 characters of A-Za-z0-9._:-");
        }

        var side = EnumText.ToSide(request.Side)
            ?? Unknown<Side>(prefix + "side", EnumText.Sides, defects);
        var type = EnumText.ToType(request.Type)
            ?? Unknown<OrderType>(prefix + "type", EnumText.Types, defects);
        var timeInForce = TimeInForceOf(request, type, prefix, defects);
        var prevention = request.Stp is null
            ? SelfTradePrevention.CancelTaker
            : EnumText.ToSelfTradePrevention(request.Stp)
                ?? Unknown<SelfTradePrevention>(prefix + "stp", EnumText.SelfTradePreventions, defects);
        CheckPrice(request.Price, type, prefix, defects);
        CheckQuantity(request, side, type, timeInForce, prefix, defects);
        CheckOptions(request, type, timeInForce, prefix, defects);
        var expiresAt = ExpiresAt(request.ExpiresAt, type, timeInForce, prefix, defects);
        var isPostOnly = request.PostOnly ?? false;
        if (isPostOnly && (type != OrderType.Limit || !Rests(timeInForce)))
        {
            defects.Invalid(prefix + "post_only", "post_only goes with limit, gtc and gtd only");
        }

        return defects.Count != defectsBefore
            ? null
            : new OrderTerms(
                account, clientOrderId, request.Instrument, side, type, request.Price, request.Quantity, timeInForce,
                isPostOnly, prevention)
            {
                ProtectionPrice = request.ProtectionPrice,
                StopPrice = request.StopPrice,
                QuoteQuantity = request.QuoteQuantity,
                DisplayQuantity = request.DisplayQuantity,
                ExpiresAt = expiresAt,
            };
    }

    /// <summary>Turns an order's decimals into ticks and lots.</summary>
    public static Bound<PlaceOrder> ToCommand(OrderTerms order, InstrumentTerms terms)
    {
        var (stopPrice, budget) = (default(Price), default(Amount));
        var (quantity, display) = (default(Quantity), default(Quantity));
        var problem = order.Price is null
            ? ToTicksOrNone(order.ProtectionPrice, "protection_price", terms, out var price)
            : ToTicks(order.Price, "price", terms, out price);
        problem ??= order.Quantity is null ? null : ToLots(order.Quantity, "quantity", terms, out quantity);
        problem ??= ToTicksOrNone(order.StopPrice, "stop_price", terms, out stopPrice);
        problem ??= order.DisplayQuantity is null
            ? null
            : ToLots(order.DisplayQuantity, "display_quantity", terms, out display);
        problem ??= order.QuoteQuantity is null
            ? null
            : AmountBinder.ToUnits(order.QuoteQuantity, "quote_quantity", terms.Quote, out budget);
        return problem is not null
            ? Bound<PlaceOrder>.Refused(problem)
            : new Bound<PlaceOrder>(
                new PlaceOrder(
                    order.Account, order.ClientOrderId, terms.Id, order.Side, order.Type, price, quantity,
                    order.TimeInForce, order.IsPostOnly, order.SelfTradePrevention)
                {
                    ExpiresAt = order.ExpiresAt,
                    DisplayQuantity = display,
                    StopPrice = stopPrice,
                    QuoteQuantity = budget,
                },
                null);
    }

    /// <summary>A price in ticks.</summary>
    /// <returns>Null when it is a multiple of the tick size.</returns>
    public static ApiProblem? ToTicks(string text, string field, InstrumentTerms terms, out Price price)
    {
        var problem = ToSteps(text, field, terms.TickSize, ProblemCodes.InvalidTick, out var ticks);
        price = new Price(ticks);
        return problem;
    }

    /// <summary>A quantity in lots.</summary>
    /// <returns>Null when it is a multiple of the lot size.</returns>
    public static ApiProblem? ToLots(string text, string field, InstrumentTerms terms, out Quantity quantity)
    {
        var problem = ToSteps(text, field, terms.LotSize, ProblemCodes.InvalidLot, out var lots);
        quantity = new Quantity(lots);
        return problem;
    }

    /// <summary>Notes a text that is not a positive decimal.</summary>
    public static void CheckPositive(string text, string field, Defects defects)
    {
        if (!DecimalText.TryParse(text, out var mantissa, out _))
        {
            defects.Invalid(
                field, $"{field} must be a decimal text of at most 18 digits before and 12 after the point");
        }
        else if (mantissa == 0)
        {
            defects.Invalid(field, $"{field} must be positive");
        }
    }

    /// <summary>An account as named in a body or a parameter; 0 when none was.</summary>
    public static AccountId Account(string? text, string field, Defects defects)
    {
        if (text is null)
        {
            return default;
        }

        if (IdText.ToAccount(text) is { } account)
        {
            return account;
        }

        if (IdText.IsId(text))
        {
            defects.Add(ProblemCodes.NotFound, field, $"no account {text}");
        }
        else
        {
            defects.Invalid(field, $"{field} must be 1 to 64 characters of A-Za-z0-9._:-");
        }

        return default;
    }

    private static ApiProblem? ToSteps(
        string text, string field, DecimalSize step, ProblemCode offStep, out long steps)
    {
        steps = 0;
        if (!DecimalText.TryParse(text, out var mantissa, out var scale)
            || DecimalText.ToSteps(mantissa, scale, step.Mantissa, step.Scale) is not { } count)
        {
            return ApiProblem.OfField(
                offStep, field, $"{field} must be a multiple of {DecimalText.Format(step.Mantissa, step.Scale)}");
        }

        if (count > long.MaxValue)
        {
            return ApiProblem.OfField(ProblemCodes.InvalidField, field, $"{field} is more than the exchange can count");
        }

        steps = (long)count;
        return null;
    }

    private static T Unknown<T>(string field, string words, Defects defects)
        where T : struct
    {
        defects.Invalid(field, $"{field} must be one of {words}");
        return default;
    }
}
