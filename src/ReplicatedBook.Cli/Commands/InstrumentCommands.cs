using System.CommandLine;
using ReplicatedBook.Cli.Output;
using ReplicatedBook.Client;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb instrument.</summary>
internal static class InstrumentCommands
{
    public static Command Build() => new("instrument", "Creates, changes, lists, opens and halts instruments.")
    {
        Create(), Update(), List(), Status(),
    };

    private static Option<string?> MinNotional() => new("--min-notional")
    {
        Description = "Least value of a limit order and least budget of a market order; 0 for none.",
    };

    private static Option<string?> MaxQuantity() => new("--max-quantity")
    {
        Description = "Largest quantity of an order; 0 for none.",
    };

    private static Option<string?> PriceBand() => new("--price-band-pct")
    {
        Description = "Furthest distance of prices from the last one, in percent; 0 for none.",
    };

    private static Command Create()
    {
        var symbol = new Argument<string>("symbol") { Description = "Its name, such as BTC-USD." };
        var baseAsset = new Option<string?>("--base") { Description = "What is traded. Default: before the hyphen." };
        var quote = new Option<string?>("--quote") { Description = "What is paid. Default: after the hyphen." };
        var tick = new Option<string>("--tick") { Description = "Step of prices.", Required = true };
        var lot = new Option<string>("--lot") { Description = "Step of quantities.", Required = true };
        var maker = new Option<int>("--maker-bps") { Description = "Maker fee, hundredths of a percent." };
        var taker = new Option<int>("--taker-bps") { Description = "Taker fee, hundredths of a percent." };
        var (minNotional, maxQuantity, priceBand) = (MinNotional(), MaxQuantity(), PriceBand());
        var command = new Command("create", "Lists a spot instrument.")
        {
            symbol, baseAsset, quote, tick, lot, maker, taker, minNotional, maxQuantity, priceBand,
        };
        command.SetAction(async (parse, cancellation) =>
        {
            var name = parse.GetRequiredValue(symbol);
            var parts = name.Split('-');
            string Part(Option<string?> option, int at) => parse.GetValue(option)
                ?? (parts.Length == 2 ? parts[at] : throw new UsageException($"{option.Name} is needed with {name}"));
            var request = new ListInstrumentRequest
            {
                Symbol = name,
                Type = "spot",
                Base = Part(baseAsset, 0),
                Quote = Part(quote, 1),
                TickSize = parse.GetRequiredValue(tick),
                LotSize = parse.GetRequiredValue(lot),
                MakerFeeBps = parse.GetValue(maker),
                TakerFeeBps = parse.GetValue(taker),
                MinNotional = parse.GetValue(minNotional),
                MaxQuantity = parse.GetValue(maxQuantity),
                PriceBandPct = parse.GetValue(priceBand),
            };
            using var client = GlobalOptions.Client(parse);
            var outcome = await client.ListInstrumentAsync(request, null, cancellation);
            return Answers.Print(
                parse, outcome, ResponseJson.Default.InstrumentResponse, instrument => PrintAll([instrument]));
        });
        return command;
    }

    private static Command Update()
    {
        var symbol = new Argument<string>("symbol");
        var maker = new Option<int?>("--maker-bps") { Description = "Maker fee. Default: as it is." };
        var taker = new Option<int?>("--taker-bps") { Description = "Taker fee. Default: as it is." };
        var (minNotional, maxQuantity, priceBand) = (MinNotional(), MaxQuantity(), PriceBand());
        var command = new Command("update", "Changes fees and rules, for orders from now on.")
        {
            symbol, maker, taker, minNotional, maxQuantity, priceBand,
        };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var name = parse.GetRequiredValue(symbol);
            var (makerBps, takerBps) = (parse.GetValue(maker), parse.GetValue(taker));
            long? version = null;
            if (makerBps is null || takerBps is null)
            {
                // A change names both fees: the other one is as it was read, and the change is refused if it is not.
                var present = (await client.GetInstrumentAsync(name, ReadOptions.Strong, cancellation)).Require();
                (makerBps, takerBps) = (makerBps ?? present.MakerFeeBps, takerBps ?? present.TakerFeeBps);
                version = present.Version;
            }

            var change = new UpdateInstrumentRequest
            {
                MakerFeeBps = makerBps.Value,
                TakerFeeBps = takerBps.Value,
                MinNotional = parse.GetValue(minNotional),
                MaxQuantity = parse.GetValue(maxQuantity),
                PriceBandPct = parse.GetValue(priceBand),
            };
            var outcome = await client.UpdateInstrumentAsync(name, change, version, null, cancellation);
            return Answers.Print(
                parse, outcome, ResponseJson.Default.InstrumentResponse, instrument => PrintAll([instrument]));
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the instruments.");
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var answer = await client.ListInstrumentsAsync(GlobalOptions.Read(parse), cancellation);
            return Answers.Print(
                parse, answer, ResponseJson.Default.PageInstrumentResponse, page => PrintAll(page.Items));
        });
        return command;
    }

    private static Command Status()
    {
        var symbol = new Argument<string>("symbol");
        var status = new Argument<string>("status");
        status.AcceptOnlyFromAmong("open", "halted", "cancel_only", "closed");
        var cancelOrders = new Option<bool>("--cancel-open-orders") { Description = "Also cancels all that rests." };
        var command = new Command("status", "Opens, halts or closes an instrument.") { symbol, status, cancelOrders };
        command.SetAction(async (parse, cancellation) =>
        {
            var request = new InstrumentStatusRequest
            {
                Status = parse.GetRequiredValue(status),
                CancelOpenOrders = parse.GetValue(cancelOrders) ? true : null,
            };
            using var client = GlobalOptions.Client(parse);
            var outcome = await client.SetInstrumentStatusAsync(
                parse.GetRequiredValue(symbol), request, null, cancellation);
            return Answers.Print(
                parse, outcome, ResponseJson.Default.InstrumentResponse, instrument => PrintAll([instrument]));
        });
        return command;
    }

    private static void PrintAll(IReadOnlyList<InstrumentResponse> instruments) => Tables.Print(
        ["SYMBOL", "STATUS", ">TICK", ">LOT", ">MAKER BPS", ">TAKER BPS", ">LAST", ">LEAST", ">MOST", ">BAND %"],
        instruments.Select(instrument => (IReadOnlyList<string>)
        [
            instrument.Symbol, instrument.Status, instrument.TickSize, instrument.LotSize, $"{instrument.MakerFeeBps}",
            $"{instrument.TakerFeeBps}", instrument.LastPrice ?? "-", instrument.MinNotional ?? "-",
            instrument.MaxQuantity ?? "-", instrument.PriceBandPct ?? "-",
        ]));
}
