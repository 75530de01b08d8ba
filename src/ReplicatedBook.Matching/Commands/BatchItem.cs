namespace ReplicatedBook.Matching.Commands;

/// <summary>One of the orders and bets of a batch: exactly one of the two.</summary>
/// <param name="Order">An order; null for a bet.</param>
/// <param name="Bet">A bet; null for an order.</param>
public readonly record struct BatchItem(PlaceOrder? Order, PlaceBet? Bet);
