using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests;

/// <summary>Assets, accounts and instruments, and what readers see of them.</summary>
public sealed class InstrumentTests
{
    private static readonly DecimalSize One = new(1, 0);

    [Fact]
    public void Listing_is_refused_for_each_reason()
    {
        var venue = Venue.Trading(limits: new ExchangeLimits { MaxInstruments = 2 });
        var listing = new ListInstrument("X-Y", new AssetId(1), new AssetId(2), One, One, 0, 0);
        Refused(RejectReason.TextInvalid, listing with { Symbol = "" });
        Refused(RejectReason.TextInvalid, listing with { Symbol = "a b" });
        Refused(RejectReason.TextInvalid, listing with { Symbol = new string('x', 65) });
        Refused(RejectReason.AssetNotFound, listing with { Base = new AssetId(3) });
        Refused(RejectReason.AssetNotFound, listing with { Quote = default });
        Refused(RejectReason.SameAsset, listing with { Quote = new AssetId(1) });
        Refused(RejectReason.TickSizeInvalid, listing with { TickSize = default });
        Refused(RejectReason.TickSizeInvalid, listing with { TickSize = new DecimalSize(1, 13) });
        Refused(RejectReason.TickSizeInvalid, listing with { TickSize = new DecimalSize(-1, 0) });
        Refused(RejectReason.LotSizeInvalid, listing with { LotSize = default });
        Refused(RejectReason.LotSizeInvalid, listing with { LotSize = new DecimalSize(1, 1) });
        Refused(RejectReason.LotSizeInvalid, listing with { LotSize = new DecimalSize(15, 1) });
        Refused(RejectReason.FeeOutOfRange, listing with { TakerFeeBps = 10_001 });
        Refused(RejectReason.FeeOutOfRange, listing with { TakerFeeBps = -1 });
        Refused(RejectReason.FeeOutOfRange, listing with { TakerFeeBps = 5, MakerFeeBps = -6 });
        Refused(RejectReason.FeeOutOfRange, listing with { MakerFeeBps = 10_001 });
        Refused(RejectReason.InstrumentExists, listing with { Symbol = "BTC-USD" });
        var last = listing with { LotSize = new DecimalSize(20, 1), MakerFeeBps = -10_000, TakerFeeBps = 10_000 };
        Assert.Equal(2, venue.Accept(last).Instrument!.Id.Value);
        Refused(RejectReason.LimitReached, listing with { Symbol = "third" });

        void Refused(RejectReason reason, ListInstrument command) => Assert.Equal(reason, venue.Send(command).Reason);
    }

    [Fact]
    public void Tick_times_lot_finer_than_12_digits_below_the_unit_is_refused()
    {
        var venue = new Venue();
        venue.Accept(new CreateAsset("FINE", 12));
        venue.Accept(new CreateAsset("COARSE", 0));
        var listing = new ListInstrument(
            "F-C", new AssetId(1), new AssetId(2), new DecimalSize(1, 6), new DecimalSize(1, 7), 0, 0);
        Assert.Equal(RejectReason.TickSizeInvalid, venue.Send(listing).Reason);
        Assert.Equal(RejectReason.None, venue.Send(listing with { LotSize = new DecimalSize(1, 6) }).Reason);
    }

    [Fact]
    public void Assets_and_accounts_are_refused_for_each_reason()
    {
        var venue = new Venue(new ExchangeLimits { MaxAssets = 1, MaxAccounts = 1 });
        Assert.Equal(RejectReason.TextInvalid, venue.Send(new CreateAsset("", 0)).Reason);
        Assert.Equal(RejectReason.TextInvalid, venue.Send(new CreateAsset("A:B", 0)).Reason);
        Assert.Equal(RejectReason.TextInvalid, venue.Send(new CreateAsset(new string('x', 33), 0)).Reason);
        Assert.Equal(RejectReason.ScaleOutOfRange, venue.Send(new CreateAsset("A", 13)).Reason);
        Assert.Equal(RejectReason.ScaleOutOfRange, venue.Send(new CreateAsset("A", -1)).Reason);
        Assert.Equal(1, venue.Accept(new CreateAsset("A", 12)).Asset!.Id.Value);
        Assert.Equal(RejectReason.AssetExists, venue.Send(new CreateAsset("A", 2)).Reason);
        Assert.Equal(RejectReason.LimitReached, venue.Send(new CreateAsset("B", 2)).Reason);
        Assert.Equal(RejectReason.TextInvalid, venue.Send(new CreateAccount("tab\t")).Reason);
        Assert.Equal(7, venue.Accept(new CreateAccount("desk one"), user: 7).Account!.User.Value);
        Assert.Equal(RejectReason.LimitReached, venue.Send(new CreateAccount("")).Reason);
    }

    [Fact]
    public void Status_and_fees_change_only_at_the_expected_version_and_closing_is_final()
    {
        var venue = Venue.Trading();
        var id = new InstrumentId(1);
        var version = venue.Exchange.FindInstrument(id)!.Version;
        Assert.Equal(RejectReason.VersionMismatch, venue.Send(new UpdateInstrument(id, 0, 5, version + 1)).Reason);
        var updated = venue.Accept(new UpdateInstrument(id, -5, 5, version)).Instrument!;
        Assert.Equal((-5, 5, venue.Exchange.AppliedIndex), (updated.MakerFeeBps, updated.TakerFeeBps, updated.Version));
        Assert.Equal(RejectReason.FeeOutOfRange, venue.Send(new UpdateInstrument(id, -6, 5, 0)).Reason);
        Assert.Equal(
            RejectReason.InstrumentNotFound, venue.Send(new UpdateInstrument(new InstrumentId(2), 0, 0, 0)).Reason);
        Assert.Equal(
            RejectReason.InstrumentNotFound,
            venue.Send(new SetInstrumentStatus(default, InstrumentStatus.Open, false, 0)).Reason);
        Assert.Equal(
            RejectReason.VersionMismatch,
            venue.Send(new SetInstrumentStatus(id, InstrumentStatus.Halted, false, version)).Reason);
        venue.Accept(new SetInstrumentStatus(id, InstrumentStatus.Closed, false, updated.Version));
        Assert.Equal(
            RejectReason.StatusFinal, venue.Send(new SetInstrumentStatus(id, InstrumentStatus.Open, false, 0)).Reason);
    }

    [Fact]
    public void Closing_with_cancel_takes_all_orders_out_in_order_of_id()
    {
        var venue = Venue.Trading();
        venue.Place(1, Side.Sell, 105, 1);
        venue.Place(2, Side.Buy, 90, 1);
        venue.Place(3, Side.Sell, 101, 1);

        var outcome = venue.Accept(new SetInstrumentStatus(new InstrumentId(1), InstrumentStatus.Closed, true, 0));

        Assert.Equal([1L, 2L, 3L], outcome.Canceled.Select(id => id.Value));
        Assert.Equal(StatusReason.InstrumentStatus, venue.Exchange.FindOrder(new OrderId(2))!.Reason);
        Assert.Empty(venue.Exchange.OpenOrders(new InstrumentId(1)));
    }

    [Fact]
    public void Ticker_covers_one_day_of_minutes()
    {
        var venue = Venue.Trading();
        Trade(venue, 100, 1);
        venue.Time += 60_000_000;
        Trade(venue, 120, 2);
        Trade(venue, 90, 3);
        var ticker = venue.Exchange.Ticker(new InstrumentId(1))!;
        Assert.Equal(
            (100L, 120L, 90L, 90L, 6L),
            (
                ticker.Open!.Value.Ticks, ticker.High!.Value.Ticks, ticker.Low!.Value.Ticks,
                ticker.Last!.Value.Ticks, ticker.Volume.Lots));

        venue.Time += 1_439L * 60_000_000;
        Trade(venue, 95, 1);
        ticker = venue.Exchange.Ticker(new InstrumentId(1))!;
        Assert.Equal((120L, 6L), (ticker.Open!.Value.Ticks, ticker.Volume.Lots));

        venue.Time += 2 * 1_440L * 60_000_000;
        venue.Place(1, Side.Buy, 80, 1);
        ticker = venue.Exchange.Ticker(new InstrumentId(1))!;
        Assert.Null(ticker.Open);
        Assert.Null(ticker.Low);
        Assert.Equal((95L, 80L), (ticker.Last!.Value.Ticks, ticker.BestBid!.Value.Price.Ticks));
    }

    [Fact]
    public void Trades_of_an_instrument_are_paged_newest_first_and_the_oldest_are_forgotten()
    {
        var venue = Venue.Trading(limits: new ExchangeLimits { MaxTrades = 5 });
        venue.Accept(new ListInstrument("other", new AssetId(1), new AssetId(2), One, One, 0, 0));
        for (var i = 0; i < 4; i++)
        {
            Trade(venue, 100 + i, 1);
            Trade(venue, 200 + i, 1, instrument: 2);
        }

        Assert.Equal([7L, 5L], Ids(default, 10));
        Assert.Equal([5L], Ids(new TradeId(7), 10));
        Assert.Equal([5L], Ids(new TradeId(6), 10));
        Assert.Equal([7L], Ids(default, 1));
        Assert.Empty(venue.Exchange.Fills(new OrderId(1)));
        Assert.Single(venue.Exchange.Fills(new OrderId(15)));

        IEnumerable<long> Ids(TradeId before, int limit) =>
            venue.Exchange.Trades(new InstrumentId(1), before, limit).Select(t => t.Id.Value);
    }

    [Fact]
    public void Closed_orders_are_forgotten_per_account_and_in_all_the_oldest_first()
    {
        var venue = Venue.Trading(limits: new ExchangeLimits { MaxClosedOrdersPerAccount = 2, MaxClosedOrders = 3 });
        var first = Closed(venue, 1);
        var second = Closed(venue, 1);
        var third = Closed(venue, 1);
        Assert.Null(venue.Exchange.FindOrder(first));
        var fourth = Closed(venue, 2);
        var fifth = Closed(venue, 2);
        Assert.Equal(
            [false, true, true, true], new[] { second, third, fourth, fifth }.Select(
                id => venue.Exchange.FindOrder(id) is not null));
    }

    private static OrderId Closed(Venue venue, int account)
    {
        var order = venue.Place(account, Side.Buy, 1, 1, clientOrderId: $"c{venue.Exchange.AppliedIndex}").Order!;
        venue.Cancel(account, order);
        return order.Id;
    }

    private static void Trade(Venue venue, long price, long lots, int instrument = 1)
    {
        venue.Place(1, Side.Sell, price, lots, instrument: instrument);
        venue.Place(2, Side.Buy, price, lots, instrument: instrument);
    }

    [Fact]
    public void A_rule_that_is_not_named_stays_as_it_is_and_none_is_out_of_its_range()
    {
        var venue = Venue.Trading();
        venue.Accept(new SetFeatureLevel(FeatureLevels.OrderOptions));
        var update = new UpdateInstrument(new InstrumentId(Venue.Symbol), 0, 0, 0);

        venue.Accept(update with { Rules = new OrderRules(1_000, 70, 500) });
        var changed = venue.Accept(update with
        {
            Rules = new OrderRules(OrderRules.Unchanged, 0, OrderRules.Unchanged),
        });

        Assert.Equal(new OrderRules(1_000, 0, 500), changed.Instrument!.Rules);
        Assert.Equal(new OrderRules(1_000, 0, 500), venue.Accept(update).Instrument!.Rules);
        Refused(new OrderRules(-2, 0, 0));
        Refused(new OrderRules(0, -2, 0));
        Refused(new OrderRules(0, 0, OrderRules.MaxPriceBandBps + 1));
        var listing = new ListInstrument("X-Y", new AssetId(1), new AssetId(2), One, One, 0, 0);
        Assert.Equal(
            RejectReason.OrderRuleOutOfRange,
            venue.Send(listing with { Rules = new OrderRules(OrderRules.Unchanged, 0, 0) }).Reason);

        void Refused(OrderRules rules) => Assert.Equal(
            RejectReason.OrderRuleOutOfRange, venue.Send(update with { Rules = rules }).Reason);
    }
}
