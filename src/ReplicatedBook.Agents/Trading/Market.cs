using System.Globalization;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Agents.Trading;

/// <summary>An instrument as agents need it: its steps of price and quantity.</summary>
/// <param name="Symbol">Its name.</param>
/// <param name="Base">What is bought and sold.</param>
/// <param name="Quote">What is paid.</param>
/// <param name="Tick">Step of prices, positive; in units of the quote asset.</param>
/// <param name="Lot">Step of quantities, positive; in units of the base asset.</param>
public sealed record Market(string Symbol, string Base, string Quote, decimal Tick, decimal Lot)
{
    private const string MostDigits = "0.############"; // API.md 1.1: at most twelve after the point.

    /// <summary>Of an instrument as the exchange tells it.</summary>
    public static Market Of(InstrumentResponse instrument) => new(
        instrument.Symbol, instrument.Base, instrument.Quote, Parse(instrument.TickSize), Parse(instrument.LotSize));

    /// <summary>The decimal that a text of the exchange stands for.</summary>
    public static decimal Parse(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>A decimal as the exchange reads it.</summary>
    public static string Text(decimal value) => value.ToString(MostDigits, CultureInfo.InvariantCulture);

    /// <summary>The highest price of the instrument that is not above another.</summary>
    public decimal PriceAtMost(decimal price) => decimal.Floor(price / Tick) * Tick;

    /// <summary>The lowest price of the instrument that is not below another.</summary>
    public decimal PriceAtLeast(decimal price) => decimal.Ceiling(price / Tick) * Tick;

    /// <summary>The smallest quantity of the instrument that is not below another.</summary>
    public decimal QuantityAtLeast(decimal quantity) => decimal.Ceiling(quantity / Lot) * Lot;

    /// <summary>Requires a quantity that can be traded.</summary>
    /// <exception cref="ArgumentException">It is not positive, or no multiple of the lot.</exception>
    public decimal RequireQuantity(decimal quantity, string name) => quantity > 0 && quantity % Lot == 0
        ? quantity
        : throw new ArgumentException($"{name} {Text(quantity)} is no multiple of {Symbol}'s lot {Text(Lot)}");

    /// <summary>Requires a price that an order may have.</summary>
    /// <exception cref="ArgumentException">It is not positive, or no multiple of the tick.</exception>
    public decimal RequirePrice(decimal price, string name) => price > 0 && price % Tick == 0
        ? price
        : throw new ArgumentException($"{name} {Text(price)} is no multiple of {Symbol}'s tick {Text(Tick)}");

    /// <summary>Requires an amount of money.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public static decimal RequirePositive(decimal amount, string name) => amount > 0
        ? amount
        : throw new ArgumentException($"{name} must be more than 0");
}
