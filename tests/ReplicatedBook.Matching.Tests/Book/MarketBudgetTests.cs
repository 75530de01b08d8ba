using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Rules of market orders that name what they spend, and of those with a protection price.</summary>
public sealed class MarketBudgetTests
{
    [Fact]
    public void Budget_below_one_lot_expires_whatever_else_the_account_has()
    {
        foreach (var funds in new[] { 50L, 60L, 99L, 100L, 1_000L })
        {
            var venue = Venue.Trading(funds: funds).WithOptions();
            venue.Place(1, Side.Sell, 100, 1);

            var outcome = venue.Place(Venue.MarketOrder(2, Side.Buy, 0).Spending(50));

            Assert.Equal(RejectReason.None, outcome.Reason);
            Assert.Equal(
                (OrderStatus.Expired, StatusReason.InsufficientFunds, 0L),
                (outcome.Order!.Status, outcome.Order.Reason, outcome.Order.Filled.Lots));
        }
    }
}
