using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Markets.Prediction;

/// <summary>Goal: a market is created, changed and ended only as its rules allow, and each refusal has its reason.
/// Method: every transition, and each refusal by one command.</summary>
public sealed class MarketStatusTests
{
    private readonly MarketVenue _market = new();

    public static TheoryData<CreatePredictionMarket, RejectReason> BadMarkets => new()
    {
        { MarketVenue.Binary("no spaces"), RejectReason.TextInvalid },
        { MarketVenue.Binary(""), RejectReason.TextInvalid },
        { MarketVenue.Binary("a:b"), RejectReason.TextInvalid },
        { MarketVenue.Binary(new string('x', 41)), RejectReason.TextInvalid },
        { MarketVenue.Binary("x") with { Title = "" }, RejectReason.TextInvalid },
        { MarketVenue.Binary("x") with { Title = new string('\u00e9', 129) }, RejectReason.TextInvalid },
        { MarketVenue.Binary("x") with { Title = "two\nlines" }, RejectReason.TextInvalid },
        { MarketVenue.Binary("x") with { Category = new string('c', 65) }, RejectReason.TextInvalid },
        { MarketVenue.Binary("x") with { Description = new string('d', 2_049) }, RejectReason.TextInvalid },
        { MarketVenue.Categorical("x", 1), RejectReason.OutcomeCountOutOfRange },
        { MarketVenue.Categorical("x", 257), RejectReason.OutcomeCountOutOfRange },
        { MarketVenue.Binary("x") with { Outcomes = [new("A", ""), new("A", "")] }, RejectReason.OutcomeExists },
        { MarketVenue.Binary("x") with { Outcomes = [new("A", ""), new("b c", "")] }, RejectReason.TextInvalid },
        { MarketVenue.Binary("x") with { Collateral = new AssetId(99) }, RejectReason.AssetNotFound },
        { MarketVenue.Binary("x") with { TickSize = new DecimalSize(0, 2) }, RejectReason.TickSizeInvalid },
        { MarketVenue.Binary("x") with { TickSize = new DecimalSize(3, 2) }, RejectReason.PayoutNotWholeTicks },
        { MarketVenue.Binary("x") with { TickSize = new DecimalSize(1, 0) }, RejectReason.PayoutNotWholeTicks },
        { MarketVenue.Binary("x") with { TickSize = new DecimalSize(1, 6) }, RejectReason.PayoutNotWholeTicks },
        { MarketVenue.Binary("x") with { TickSize = new DecimalSize(1, 3) }, RejectReason.ShareScaleInvalid },
        { MarketVenue.Binary("x") with { ShareScale = 1 }, RejectReason.ShareScaleInvalid },
        { MarketVenue.Binary("x") with { ShareScale = -1 }, RejectReason.ShareScaleInvalid },
        { MarketVenue.Binary("x") with { ShareScale = 13 }, RejectReason.ShareScaleInvalid },
        { MarketVenue.Binary("x") with { MakerFeeBps = -1, TakerFeeBps = 5 }, RejectReason.FeeOutOfRange },
        { MarketVenue.Binary("x") with { TakerFeeBps = 10_001 }, RejectReason.FeeOutOfRange },
        { MarketVenue.Binary("x") with { ClosesAt = new Timestamp(1_000_000) }, RejectReason.ClosingNotInFuture },
        { MarketVenue.Binary("x") with { ClosesAt = new Timestamp(-1) }, RejectReason.ClosingNotInFuture },
        { MarketVenue.Binary("rain"), RejectReason.EventExists },
        { MarketVenue.Binary("taken"), RejectReason.InstrumentExists },
    };

    /// <summary>Brings a pending market to a status.</summary>
    internal static void Bring(Venue venue, PredictionMarketId market, PredictionMarketStatus status)
    {
        if (status is PredictionMarketStatus.Pending)
        {
            return;
        }

        if (status == PredictionMarketStatus.Voided)
        {
            venue.Accept(new VoidPredictionMarket(market, 0));
            return;
        }

        venue.Accept(new SetPredictionMarketStatus(market, PredictionMarketStatus.Active, 0));
        if (status == PredictionMarketStatus.Resolved)
        {
            venue.Accept(new ResolvePredictionMarket(market, "YES", [], 0));
        }
        else if (status != PredictionMarketStatus.Active)
        {
            venue.Accept(new SetPredictionMarketStatus(market, status, 0));
        }
    }

    [Theory]
    [MemberData(nameof(BadMarkets))]
    public void A_market_that_is_not_as_it_should_be_is_refused_without_a_trace(
        CreatePredictionMarket command, RejectReason reason)
    {
        var venue = _market.Venue;
        venue.Accept(new ListInstrument(
            "taken:NO", new AssetId(1), new AssetId(2), new DecimalSize(1, 0), new DecimalSize(1, 0), 0, 0));
        venue.Events.Clear();
        var assets = venue.Exchange.Assets.Count;

        Assert.Equal(reason, venue.Send(command).Reason);

        Assert.Empty(venue.Events.All);
        Assert.Equal((assets, 1), (venue.Exchange.Assets.Count, venue.Exchange.PredictionMarkets.Count));
    }

    [Fact]
    public void Too_many_outcomes_for_the_limits_are_refused()
    {
        var venue = new Venue(new ExchangeLimits { MaxInstruments = 4 });
        venue.Accept(new SetFeatureLevel(FeatureLevels.PredictionMarkets));
        venue.Accept(new CreateAsset("BTC", 2));
        venue.Accept(new CreateAsset("USD", 2));
        Assert.Equal(RejectReason.LimitReached, venue.Send(MarketVenue.Categorical("five", 5)).Reason);
        Assert.Equal(RejectReason.None, venue.Send(MarketVenue.Categorical("four", 4)).Reason);
        Assert.Equal(RejectReason.LimitReached, venue.Send(MarketVenue.Binary("more")).Reason);
    }

    [Fact]
    public void A_market_is_shown_as_it_was_created()
    {
        var command = MarketVenue.Categorical("cup-2026") with
        {
            Title = "Wer gewinnt? \u2014 \u2603",
            Category = "Sport",
            Description = "First line.\nSecond line.",
            TickSize = new DecimalSize(10, 2),
            ClosesAt = new Timestamp(9_000_000),
            IsPending = true,
        };
        var view = _market.Create(command);

        Assert.Equal(
            ("cup-2026", command.Title, "Sport", command.Description, 10, PredictionMarketStatus.Pending, 9_000_000),
            (view.EventId, view.Title, view.Category, view.Description, view.PayoutTicks, view.Status,
                view.ClosesAt!.Value.Microseconds));
        Assert.Equal(["o0", "o1", "o2"], view.Outcomes.Select(outcome => outcome.Id));
        Assert.False(view.IsBinary);
        var instrument = _market.Venue.Exchange.FindInstrument("cup-2026:o2")!;
        Assert.Equal(
            (InstrumentStatus.Halted, view.Id, 2, instrument.Id, "cup-2026:o2"),
            (instrument.Status, instrument.PredictionMarket, instrument.Outcome, instrument.Canonical,
                instrument.Base.Symbol));
        Assert.Equal(view.Id, _market.Venue.Exchange.FindPredictionMarket("cup-2026")!.Id);
        Assert.Equal(
            ["cup-2026:o0", "cup-2026:o1", "cup-2026:o2"],
            _market.Venue.Events.Of<OutcomeListed>().Select(e => $"cup-2026:{e.Id}"));
    }

    [Theory]
    [InlineData(PredictionMarketStatus.Pending, "Active Closed")]
    [InlineData(PredictionMarketStatus.Active, "Paused Closed")]
    [InlineData(PredictionMarketStatus.Paused, "Active Closed")]
    [InlineData(PredictionMarketStatus.Closed, "")]
    [InlineData(PredictionMarketStatus.Resolved, null)]
    [InlineData(PredictionMarketStatus.Voided, null)]
    public void Status_changes_as_allowed_and_orders_are_taken_while_active(
        PredictionMarketStatus from, string? allowed)
    {
        foreach (var to in Enum.GetValues<PredictionMarketStatus>())
        {
            var market = new MarketVenue();
            var id = market.Create(MarketVenue.Binary("snow") with { IsPending = true }).Id;
            Bring(market.Venue, id, from);
            Assert.Equal(from, market.Venue.Exchange.FindPredictionMarket(id)!.Status);
            Assert.Equal(
                from == PredictionMarketStatus.Active ? RejectReason.None : RejectReason.MarketNotOpen,
                market.Venue.Place(1, Side.Buy, 50, 1, instrument: 5).Reason);

            var reason = market.Venue.Send(new SetPredictionMarketStatus(id, to, 0)).Reason;

            Assert.Equal(
                allowed is null ? RejectReason.AlreadyResolved
                    : allowed.Split(' ').Contains($"{to}") ? RejectReason.None
                    : RejectReason.MarketStateConflict,
                reason);
        }
    }

    [Fact]
    public void Only_the_expected_version_is_changed()
    {
        var version = _market.View.Version;
        Assert.Equal(
            RejectReason.VersionMismatch,
            _market.Venue.Send(
                new SetPredictionMarketStatus(MarketVenue.Market, PredictionMarketStatus.Paused, version + 1)).Reason);
        Assert.Equal(RejectReason.VersionMismatch, _market.Venue.Send(
            new UpdatePredictionMarket(MarketVenue.Market, null, null, null, null, version + 1)).Reason);
        Assert.Equal(RejectReason.VersionMismatch, _market.Venue.Send(
            new ResolvePredictionMarket(MarketVenue.Market, "YES", [], version + 1)).Reason);
        Assert.Equal(RejectReason.VersionMismatch, _market.Venue.Send(
            new VoidPredictionMarket(MarketVenue.Market, version + 1)).Reason);
        _market.Venue.Accept(new SetPredictionMarketStatus(
            MarketVenue.Market, PredictionMarketStatus.Paused, version));
        Assert.NotEqual(version, _market.View.Version);
    }

    [Fact]
    public void Words_and_time_of_closing_can_change_until_they_matter_no_more()
    {
        var venue = _market.Venue;
        var later = new Timestamp(venue.Time + 1_000);
        venue.Accept(new UpdatePredictionMarket(MarketVenue.Market, "New", null, "Text", later, 0));
        Assert.Equal(
            ("New", "", "Text", later),
            (_market.View.Title, _market.View.Category, _market.View.Description, _market.View.ClosesAt));
        venue.Accept(new UpdatePredictionMarket(MarketVenue.Market, null, "Weather", "", new Timestamp(0), 0));
        Assert.Equal(
            ("New", "Weather", "", null),
            (_market.View.Title, _market.View.Category, _market.View.Description, _market.View.ClosesAt));
        Assert.Equal(RejectReason.ClosingNotInFuture, venue.Send(
            new UpdatePredictionMarket(MarketVenue.Market, null, null, null, new Timestamp(venue.Time), 0)).Reason);
        Assert.Equal(RejectReason.TextInvalid, venue.Send(
            new UpdatePredictionMarket(MarketVenue.Market, "", null, null, null, 0)).Reason);
        Assert.Equal(RejectReason.PredictionMarketNotFound, venue.Send(
            new UpdatePredictionMarket(new PredictionMarketId(2), "x", null, null, null, 0)).Reason);

        _market.Set(PredictionMarketStatus.Closed);
        Assert.Equal(RejectReason.MarketStateConflict, venue.Send(
            new UpdatePredictionMarket(MarketVenue.Market, null, null, null, later, 0)).Reason);
        venue.Accept(new UpdatePredictionMarket(MarketVenue.Market, "Closed", null, null, null, 0));
        _market.Resolve("YES");
        Assert.Equal(RejectReason.AlreadyResolved, venue.Send(
            new UpdatePredictionMarket(MarketVenue.Market, "x", null, null, null, 0)).Reason);
    }

    [Fact]
    public void It_closes_in_time_before_any_order_of_that_time()
    {
        var venue = _market.Venue;
        var end = venue.Time + 500;
        venue.Accept(new UpdatePredictionMarket(MarketVenue.Market, null, null, null, new Timestamp(end), 0));
        var order = _market.Buy(1, MarketVenue.Yes, 60, 5).Order!;
        Assert.Equal(end, venue.Exchange.NextDue!.Value.Microseconds);

        venue.Time = end;
        Assert.Equal(RejectReason.MarketNotOpen, _market.Buy(2, MarketVenue.No, 40, 5).Reason);

        Assert.Equal(PredictionMarketStatus.Closed, _market.View.Status);
        Assert.Equal(
            (OrderStatus.Canceled, StatusReason.InstrumentStatus),
            (venue.Exchange.FindOrder(order.Id)!.Status, venue.Exchange.FindOrder(order.Id)!.Reason));
        Assert.Null(venue.Exchange.NextDue);
    }

    [Fact]
    public void An_instrument_of_an_outcome_has_no_status_of_its_own_and_pays_no_rebate()
    {
        var venue = _market.Venue;
        Assert.Equal(RejectReason.InstrumentIsOutcome, venue.Send(new SetInstrumentStatus(
            new InstrumentId(MarketVenue.No), InstrumentStatus.Halted, false, 0)).Reason);
        Assert.Equal(RejectReason.FeeOutOfRange, venue.Send(new UpdateInstrument(
            new InstrumentId(MarketVenue.No), -1, 5, 0)).Reason);
        venue.Accept(new UpdateInstrument(new InstrumentId(MarketVenue.No), 1, 5, 0));
    }

    [Fact]
    public void Below_its_level_no_command_has_an_effect()
    {
        var venue = new Venue();
        venue.Accept(new SetFeatureLevel(FeatureLevels.OrderOptions));
        foreach (var command in Encoding.Samples.CommandValues.Where(
            value => value.GetType().Name is var name
                && (name.Contains("Prediction", StringComparison.Ordinal)
                    || name.EndsWith("Set", StringComparison.Ordinal))))
        {
            Assert.Equal(RejectReason.FeatureDisabled, venue.Send(command, key: "k").Reason);
        }

        Assert.Empty(venue.Events.All);
    }
}
