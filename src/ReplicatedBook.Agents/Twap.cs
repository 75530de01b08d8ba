using System.Globalization;
using ReplicatedBook.Agents.Trading;

namespace ReplicatedBook.Agents;

/// <summary>Submits a total in equal slices, one each step, and begins anew when all is submitted. A slice whose
/// outcome is not known is sent again under the same name until it is, so what is submitted adds up to the total
/// exactly. One caller at a time.</summary>
/// <remarks>Submitted is what the exchange accepted, filled or not. A slice that it refuses is not, and its quantity is
/// tried again as another order.</remarks>
public sealed class Twap : IAgent
{
    private readonly TradingDesk _desk;
    private readonly TwapSettings _settings;
    private readonly decimal _sliceQuantity;
    private OwnOrder? _slice;

    /// <summary>A total of which nothing is submitted.</summary>
    /// <param name="desk">Through which it trades; for it alone.</param>
    /// <param name="settings">What to submit.</param>
    /// <exception cref="ArgumentException">A setting contradicts another, or the market's steps.</exception>
    public Twap(TradingDesk desk, TwapSettings settings)
    {
        if (settings.Side is not (OrderTerms.Buy or OrderTerms.Sell)
            || !TwapSettings.OrderTypes.Contains(settings.OrderType))
        {
            throw new ArgumentException($"there are no orders to {settings.Side} of type {settings.OrderType}");
        }

        if (settings.Slices < 1 || (settings.Price is null) != (settings.OrderType == TwapSettings.Market))
        {
            throw new ArgumentException("there must be a slice or more, and a price unless the type is market");
        }

        desk.Market.RequireQuantity(settings.Total, "total quantity");
        if (settings.Price is { } price)
        {
            desk.Market.RequirePrice(price, "price");
        }

        (_desk, _settings) = (desk, settings);
        _sliceQuantity = desk.Market.QuantityAtLeast(settings.Total / settings.Slices);
    }

    /// <summary>What the exchange accepted in this cycle; in units of the base asset.</summary>
    public decimal Submitted { get; private set; }

    /// <summary>Whether all of this cycle's total is submitted; the next step begins another.</summary>
    public bool IsComplete => Submitted == _settings.Total;

    /// <summary>Submits the next slice, or the one that is in doubt once more.</summary>
    /// <inheritdoc/>
    public async Task<TimeSpan> StepAsync(CancellationToken cancellation)
    {
        if (IsComplete)
        {
            Submitted = 0;
        }

        var slice = _slice ??= _desk.NewOrder(Terms(Math.Min(_sliceQuantity, _settings.Total - Submitted)));
        var decision = await _desk.SendAsync(slice, cancellation).ConfigureAwait(false);
        if (decision == Decision.Undecided)
        {
            return TradingDesk.Retry;
        }

        Settle(decision);
        return IsComplete ? _settings.Pause : _settings.Interval;
    }

    /// <summary>Settles the slice that is in doubt. What was accepted stays in the book: it is an order, not a
    /// quote.</summary>
    /// <inheritdoc/>
    public async Task<bool> StopAsync(CancellationToken cancellation)
    {
        if (_slice is not { State: OwnOrderState.Doubtful } slice)
        {
            return true;
        }

        var decision = await _desk.SendAsync(slice, cancellation).ConfigureAwait(false);
        if (decision != Decision.Undecided)
        {
            Settle(decision);
        }

        return decision != Decision.Undecided;
    }

    private void Settle(Decision decision)
    {
        Submitted += decision == Decision.Accepted ? _slice!.Terms.Quantity : 0;
        _slice = null;
        if (IsComplete)
        {
            _desk.Tell(AgentAction.Complete, string.Create(
                CultureInfo.InvariantCulture, $"{Market.Text(Submitted)} {_desk.Market.Base} submitted"));
        }
    }

    private OrderTerms Terms(decimal quantity) => new(
        _settings.Side, _settings.Price, quantity, _settings.OrderType is "ioc" or "fok" ? _settings.OrderType : null,
        _settings.OrderType == "post_only");
}
