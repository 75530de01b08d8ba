using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Turns requests for bets into commands: first what needs no state, then the stakes, which need the market's
/// currency.</summary>
internal static class BetBinder
{
    /// <summary>Whether a request is for a bet: its side says so, whatever else is wrong with it.</summary>
    public static bool IsBet(PlaceOrderRequest request) => EnumText.ToBetSide(request.Side) is not null;

    /// <summary>Understands a bet but for its stakes.</summary>
    /// <param name="request">As read; a bet.</param>
    /// <param name="prefix">Stands before the names of fields; empty outside of batches.</param>
    /// <param name="defects">Receives what is wrong.</param>
    /// <returns>Of use only when nothing is wrong.</returns>
    public static PlaceBet Bind(PlaceOrderRequest request, string prefix, Defects defects)
    {
        RefuseOrderFields(request, prefix, defects);
        var account = OrderBinder.Account(request.AccountId, prefix + "account_id", defects);
        if (!ClientOrderId.TryCreate(request.ClientOrderId ?? "", out var clientOrderId)
            || request.ClientOrderId?.Length == 0)
        {
            defects.Invalid(prefix + "client_order_id", "client_order_id must be 1 to 36 printable ASCII characters");
        }

        var (market, runner) = IdText.ToRunnerSymbol(request.Instrument) ?? default;
        if (market.Value == 0)
        {
            RefuseInstrument(request.Instrument, prefix, defects);
        }

        if (request.Type != BetShapes.Type)
        {
            defects.Invalid(prefix + "type", $"the type of a bet must be {BetShapes.Type}");
        }

        var timeInForce = Word(
            request.TimeInForce, prefix + "time_in_force", EnumText.BetTimesInForce, EnumText.ToTimeInForce,
            TimeInForce.GoodTilCanceled, defects);
        if (timeInForce == TimeInForce.GoodTilDate)
        {
            defects.Invalid(
                prefix + "time_in_force", $"time_in_force of a bet must be one of {EnumText.BetTimesInForce}");
        }

        CheckStakes(request, timeInForce, prefix, defects);
        var version = request.MarketVersion ?? 0;
        if (version < 0 || (version == 0 && request.MarketVersion is not null))
        {
            defects.Invalid(prefix + "market_version", "market_version must be positive");
        }

        return new PlaceBet(
            account, clientOrderId, market, runner, EnumText.ToBetSide(request.Side)!.Value,
            OddsOf(request.Price, prefix + "price", defects), default, timeInForce,
            Word(
                request.Persistence, prefix + "persistence", EnumText.Persistences, EnumText.ToPersistence,
                Persistence.Lapse, defects),
            Word(
                request.Stp, prefix + "stp", EnumText.SelfTradePreventions, EnumText.ToSelfTradePrevention,
                SelfTradePrevention.CancelTaker, defects),
            default, version);
    }

    /// <summary>Completes a bet with its stakes.</summary>
    public static Bound<PlaceBet> ToCommand(in PlaceBet bet, PlaceOrderRequest request, BettingTerms terms)
    {
        Amount minFill = default;
        var problem = ToStake(request.Quantity!, "quantity", terms, out var stake);
        problem ??= request.MinFillQuantity is null
            ? null
            : ToStake(request.MinFillQuantity, "min_fill_quantity", terms, out minFill);
        return problem is not null
            ? Bound<PlaceBet>.Refused(problem)
            : new Bound<PlaceBet>(bet with { Stake = stake, MinFill = minFill }, null);
    }

    /// <summary>A stake in units.</summary>
    /// <returns>Null when it is a multiple of the market's step.</returns>
    public static ApiProblem? ToStake(string text, string field, BettingTerms terms, out Amount stake)
    {
        stake = default;
        var step = terms.StakeStep.Units;
        if (!DecimalText.TryParse(text, out var mantissa, out var scale)
            || DecimalText.ToSteps(mantissa, scale, step, terms.Currency.Scale) is not { } count)
        {
            return ApiProblem.OfField(
                ProblemCodes.InvalidLot, field, $"{field} must be a multiple of {terms.Format(terms.StakeStep)}");
        }

        if (count > long.MaxValue / step)
        {
            return ApiProblem.OfField(ProblemCodes.InvalidField, field, $"{field} is more than the exchange can count");
        }

        stake = new Amount((long)count * step);
        return null;
    }

    private static void RefuseInstrument(string instrument, string prefix, Defects defects)
    {
        if (IdText.IsId(instrument))
        {
            defects.Add(
                ProblemCodes.NotFound, prefix + "instrument",
                $"no runner {instrument}: bets are on runners as b1:2");
        }
        else
        {
            defects.Invalid(prefix + "instrument", "instrument must be 1 to 64 characters of A-Za-z0-9._:-");
        }
    }

    private static Odds OddsOf(string? text, string field, Defects defects)
    {
        if (text is null)
        {
            defects.Missing(field);
            return default;
        }

        var before = defects.Count;
        OrderBinder.CheckPositive(text, field, defects);
        if (defects.Count != before)
        {
            return default;
        }

        if (DecimalText.TryParse(text, out var mantissa, out var scale)
            && DecimalText.ToSteps(mantissa, scale, 1, BettingTerms.OddsScale) is { } hundredths
            && hundredths <= OddsLadder.Highest && OddsLadder.PositionOf(new Odds((int)hundredths)) >= 0)
        {
            return new Odds((int)hundredths);
        }

        defects.Add(ProblemCodes.InvalidTick, field, "price must be odds of the ladder: 1.01 to 1000");
        return default;
    }

    private static void CheckStakes(
        PlaceOrderRequest request, TimeInForce timeInForce, string prefix, Defects defects)
    {
        if (request.Quantity is null)
        {
            defects.Missing(prefix + "quantity");
        }
        else
        {
            OrderBinder.CheckPositive(request.Quantity, prefix + "quantity", defects);
        }

        if (request.MinFillQuantity is not null)
        {
            OrderBinder.CheckPositive(request.MinFillQuantity, prefix + "min_fill_quantity", defects);
            if (timeInForce != TimeInForce.FillOrKill)
            {
                defects.Invalid(prefix + "min_fill_quantity", "min_fill_quantity goes with fok only");
            }
        }
    }

    private static void RefuseOrderFields(PlaceOrderRequest request, string prefix, Defects defects)
    {
        Refuse(request.QuoteQuantity, "quote_quantity");
        Refuse(request.ProtectionPrice, "protection_price");
        Refuse(request.StopPrice, "stop_price");
        Refuse(request.ExpiresAt, "expires_at");
        Refuse(request.DisplayQuantity, "display_quantity");
        Refuse(request.PostOnly is true ? "" : null, "post_only");

        void Refuse(string? value, string field)
        {
            if (value is not null)
            {
                defects.Invalid(prefix + field, $"{field} does not go with bets");
            }
        }
    }

    private static T Word<T>(
        string? text, string field, string words, Func<string, T?> read, T otherwise, Defects defects)
        where T : struct
    {
        if (text is null)
        {
            return otherwise;
        }

        if (read(text) is { } value)
        {
            return value;
        }

        defects.Invalid(field, $"{field} must be one of {words}");
        return otherwise;
    }
}
