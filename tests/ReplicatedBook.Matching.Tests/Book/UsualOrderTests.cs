using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Goal: orders that are taken without a closer look are those, and are taken as, that a closer look takes.
/// Method: two exchanges get the same drawn commands with numbers near every limit; in the second all instruments have
/// a rule that forbids nothing, so that every order gets the closer look. All results and balances must be the
/// same.</summary>
public sealed class UsualOrderTests
{
    private const int Commands = 40_000;
    private const int CommandsOnOneState = 150;
    private const int Instruments = 5;
    private const int Accounts = 4;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_closer_look_changes_nothing(int seed)
    {
        var start = NearLimits.Market(FeatureLevels.OrderOptions);
        var (plain, ruled) = (Snapshot(start, default), Snapshot(start, new OrderRules(0, long.MaxValue, 0)));
        var (draws, accepted) = (new NearLimits(seed), 0);
        var (first, second) = (start, start);
        for (var i = 0; i < Commands; i++)
        {
            if (i % CommandsOnOneState == 0)
            {
                (first, second) = (Restored(plain, start.Time), Restored(ruled, start.Time));
            }

            var next = draws.Next(lastOrder: 30);
            if (next.Command is UpdateInstrument or SetInstrumentStatus { ExpectedVersion: not 0 })
            {
                continue; // The rule stays, and by setting it the version has changed.
            }

            var command = draws.Bytes(next);
            (first.Time, second.Time) = (first.Time + 10, second.Time + 10);
            accepted += first.Apply(command).IsAccepted && next.Command is PlaceOrder ? 1 : 0;
            second.Apply(command);
            Assert.True(
                first.LastResult.AsSpan().SequenceEqual(second.LastResult) || next.Command is SetInstrumentStatus,
                $"seed {seed}, command {i}, {next}");
            Assert.Equal(Balances(first), Balances(second));
        }

        Assert.True(accepted > Commands / 100, $"only {accepted} orders were taken");
    }

    [Fact]
    public void Lots_of_more_units_than_64_bits_hold_are_refused()
    {
        const long Lots = 18_446_745; // Times 10^12 units it is 2^64 and little more.
        var venue = Venue.Trading(funds: long.MaxValue / 4, baseScale: 12);
        Assert.Equal(RejectReason.None, venue.Place(1, Side.Sell, 100, 1).Reason);
        Assert.Equal(RejectReason.NotionalTooLarge, venue.Place(1, Side.Sell, 100, Lots).Reason);
    }

    [Fact]
    public void Lots_of_a_side_that_leave_64_bits_are_refused()
    {
        var venue = Venue.Trading().WithOptions();
        Assert.Equal(RejectReason.None, venue.Place(1, Side.Buy, 1, 1).Reason);
        var stop = Venue.Order(1, Side.Buy, 0, long.MaxValue - 10, type: OrderType.Stop) with
        {
            StopPrice = new Price(500),
        };
        Assert.Equal(RejectReason.None, venue.Place(stop).Reason);
        Assert.Equal(RejectReason.None, venue.Place(1, Side.Buy, 1, 9).Reason);
        Assert.Equal(RejectReason.NotionalTooLarge, venue.Place(1, Side.Buy, 1, 1).Reason);
    }

    private static byte[] Snapshot(Venue start, OrderRules rules)
    {
        var venue = Restored(start.Snapshot(), start.Time);
        for (var id = 1; id <= Instruments; id++)
        {
            var instrument = venue.Exchange.FindInstrument(new InstrumentId(id))!;
            var (makerFee, takerFee) = (instrument.MakerFeeBps, instrument.TakerFeeBps);
            venue.Accept(new UpdateInstrument(instrument.Id, makerFee, takerFee, 0) { Rules = rules });
        }

        return venue.Snapshot();
    }

    private static Venue Restored(byte[] snapshot, long time) =>
        new() { Exchange = Exchange.ReadSnapshot(snapshot), Time = time + 1_000 };

    private static List<(long Available, long Reserved)> Balances(Venue venue) =>
    [
        .. from account in Enumerable.Range(1, Accounts)
           from asset in new[] { Venue.Base, Venue.Quote }
           select venue.Balance(account, asset),
    ];
}
