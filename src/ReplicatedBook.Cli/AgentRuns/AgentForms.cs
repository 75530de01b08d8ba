using System.CommandLine;
using ReplicatedBook.Agents;
using ReplicatedBook.Agents.Trading;

namespace ReplicatedBook.Cli.AgentRuns;

/// <summary>The types of agents and their settings. Prices, distances and quantities are in the instrument's own
/// units.</summary>
internal static class AgentForms
{
    private const string Units = "in units of the quote asset.";
    private const string BidWord = "bid";
    private const string AskWord = "ask";

    public static IReadOnlyList<AgentForm> All { get; } =
        [MarketMaker(), Twap(), PassiveBuyer(), Noise(), Informed()];

    private static AgentForm MarketMaker()
    {
        var mid = Mid("Price around which it quotes");
        var spread = new AgentSetting("--spread", "SPREAD", "100", $"From there to each quote, {Units}");
        var quantity = Quantity("10", "Of each quote.");
        var interval = Tick("500");
        return new(
            "market-maker", "mm", "Keeps a bid and an ask around a price.", [OrderTerms.Buy, OrderTerms.Sell],
            [mid, spread, quantity, interval],
            parse =>
            {
                var settings = new MarketMakerSettings(
                    mid.Amount(parse), spread.Amount(parse), quantity.Amount(parse), interval.Milliseconds(parse));
                return desk => new MarketMaker(desk, settings);
            });
    }

    private static AgentForm Twap()
    {
        var side = new AgentSetting("--side", "SIDE", BidWord, "bid or ask.");
        var type = new AgentSetting(
            "--order-type", "ORDER_TYPE", "limit", $"One of {string.Join(", ", TwapSettings.OrderTypes)}.");
        var price = new AgentSetting("--price", "PRICE", null, $"Limit, {Units} Not for market orders.");
        var total = new AgentSetting("--total-quantity", "TOTAL_QUANTITY", "1000", "Submitted in each cycle.");
        var slices = new AgentSetting("--slices", "SLICES", "5", "Orders that the total is cut into.");
        var interval = new AgentSetting(
            "--slice-interval-millis", "SLICE_INTERVAL_MILLIS", "1000", "From slice to slice.");
        var pause = new AgentSetting("--cycle-pause-millis", "CYCLE_PAUSE_MILLIS", "5000", "Between cycles.");
        return new(
            "twap", "twap", "Submits a total in equal slices, again and again.", [],
            [side, type, price, total, slices, interval, pause],
            parse =>
            {
                var orderType = type.Word(parse, TwapSettings.OrderTypes);
                var settings = new TwapSettings(
                    side.Word(parse, BidWord, AskWord) == BidWord ? OrderTerms.Buy : OrderTerms.Sell, orderType,
                    orderType == TwapSettings.Market ? null : price.Amount(parse), total.Amount(parse),
                    slices.Whole(parse, 1), interval.Milliseconds(parse), pause.Milliseconds(parse));
                return desk => new Twap(desk, settings);
            });
    }

    private static AgentForm PassiveBuyer()
    {
        var target = new AgentSetting("--target-price", "TARGET_PRICE", "99000", $"Most it pays, {Units}");
        var quantity = Quantity("25", "Of its bid.");
        var interval = Tick("1500");
        return new(
            "passive-buyer", "buyer", "Keeps one bid, at its target or below the best ask.", [OrderTerms.Buy],
            [target, quantity, interval],
            parse =>
            {
                var settings = new PassiveBuyerSettings(
                    target.Amount(parse), quantity.Amount(parse), interval.Milliseconds(parse));
                return desk => new PassiveBuyer(desk, settings);
            });
    }

    private static AgentForm Noise()
    {
        var mid = Mid("Middle of an empty book");
        var range = new AgentSetting("--range", "RANGE", "100", $"Furthest from the middle, {Units}");
        var quantity = Quantity("1", "Of the largest order.");
        var orders = new AgentSetting("--max-orders", "MAX_ORDERS", "10", "Most that it leaves in the book.");
        var (interval, seed) = (Tick("1000"), Seed());
        return new(
            "noise", "noise", "Places small orders at random.", [OrderTerms.Buy, OrderTerms.Sell],
            [mid, range, quantity, orders, interval, seed],
            parse =>
            {
                var settings = new NoiseSettings(
                    mid.Amount(parse), range.Amount(parse), quantity.Amount(parse), orders.Whole(parse, 1),
                    interval.Milliseconds(parse), SeedOf(parse, seed));
                return desk => new NoiseTrader(Seeded(desk, settings.Seed), settings);
            });
    }

    private static AgentForm Informed()
    {
        var mid = Mid("True price at the beginning");
        var walk = new AgentSetting("--walk", "WALK", "10", $"Furthest it goes in a step, {Units}");
        var margin = new AgentSetting("--margin", "MARGIN", "50", $"How far off the book must be, {Units}");
        var quantity = Quantity("1", "Of each order.");
        var (interval, seed) = (Tick("1000"), Seed());
        return new(
            "informed", "informed", "Takes what is far from a price that walks at random.", [],
            [mid, walk, margin, quantity, interval, seed],
            parse =>
            {
                var settings = new InformedSettings(
                    mid.Amount(parse), walk.Amount(parse), margin.Amount(parse), quantity.Amount(parse),
                    interval.Milliseconds(parse), SeedOf(parse, seed));
                return desk => new InformedTrader(Seeded(desk, settings.Seed), settings);
            });
    }

    private static AgentSetting Mid(string what) => new("--mid-price", "MID_PRICE", "100000", $"{what}, {Units}");

    private static AgentSetting Quantity(string otherwise, string what) =>
        new("--quantity", "QUANTITY", otherwise, what);

    private static AgentSetting Tick(string otherwise) =>
        new("--tick-millis", "TICK_MILLIS", otherwise, "Milliseconds from step to step.");

    private static AgentSetting Seed() => new("--seed", "SEED", null, "Of all that it draws; drawn itself if absent.");

    private static int SeedOf(ParseResult parse, AgentSetting seed) =>
        seed.Find(parse) is null ? Random.Shared.Next() : seed.Whole(parse, 0);

    /// <summary>Tells the seed, so that a run can be had again.</summary>
    private static TradingDesk Seeded(TradingDesk desk, int seed)
    {
        desk.Tell(AgentAction.Started, $"seed {seed}");
        return desk;
    }
}
