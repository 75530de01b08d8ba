using System.CommandLine;
using System.Globalization;
using ReplicatedBook.Cli.Output;
using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb event: prediction events and their markets.</summary>
internal static class EventCommands
{
    public static Command Build() => new("event", "Creates, finds, changes and ends prediction events.")
    {
        Create(), List(), Get(), Update(),
        Status("activate", "active", "Lets a pending or paused market trade."),
        Status("pause", "paused", "Takes no orders until it is activated; cancels still work."),
        End("close", "Ends trading: all open orders are canceled.",
            (client, id, cancellation) => client.CloseMarketAsync(id, cancellation: cancellation)),
        Resolve(),
        End("void", "Ends a market as if it had never counted: sets are repaid, other shares at their cost.",
            (client, id, cancellation) => client.VoidMarketAsync(id, cancellation: cancellation)),
        Delete(),
    };

    private static Argument<string> EventId() => new("event");

    private static Option<string?> ClosesAt(string description) => new("--closes") { Description = description };

    private static Command Create()
    {
        var title = new Argument<string>("title") { Description = "What it asks." };
        var id = new Option<string?>("--id") { Description = "Its id. Default: one is made up." };
        var collateral = new Option<string>("--collateral")
        {
            Description = "Asset that shares are paid in.",
            DefaultValueFactory = _ => "USD",
        };
        var outcomes = new Option<string[]>("--outcome")
        {
            Description = "An outcome as ID or ID=TITLE, two or more. Default: YES=Yes NO=No.",
            AllowMultipleArgumentsPerToken = true,
        };
        var tick = new Option<string>("--tick")
        {
            Description = "Step of prices.",
            DefaultValueFactory = _ => "0.01",
        };
        var lot = new Option<string?>("--lot") { Description = "Step of quantities. Default: 1." };
        var category = new Option<string?>("--category") { Description = "To find it by." };
        var description = new Option<string?>("--description") { Description = "For people." };
        var maker = new Option<int?>("--maker-bps") { Description = "Maker fee, hundredths of a percent." };
        var taker = new Option<int?>("--taker-bps") { Description = "Taker fee, hundredths of a percent." };
        var closes = ClosesAt("When it closes by itself, such as 2030-01-31T12:00:00Z. Default: never.");
        var pending = new Option<bool>("--pending") { Description = "Takes no orders until it is activated." };
        var command = new Command("create", "Opens an event with its market and an instrument per outcome.")
        {
            title, id, collateral, outcomes, tick, lot, category, description, maker, taker, closes, pending,
        };
        command.SetAction(async (parse, cancellation) =>
        {
            var request = new CreateEventRequest
            {
                EventId = parse.GetValue(id),
                Title = parse.GetRequiredValue(title),
                Description = parse.GetValue(description),
                Category = parse.GetValue(category),
                Collateral = parse.GetRequiredValue(collateral),
                Outcomes = OutcomesOf(parse.GetValue(outcomes) ?? []),
                TickSize = parse.GetRequiredValue(tick),
                LotSize = parse.GetValue(lot),
                MakerFeeBps = parse.GetValue(maker),
                TakerFeeBps = parse.GetValue(taker),
                ClosesAt = parse.GetValue(closes),
                Status = parse.GetValue(pending) ? "pending" : null,
            };
            using var client = GlobalOptions.Client(parse);
            return PrintEvent(parse, await client.CreateEventAsync(request, null, cancellation));
        });
        return command;
    }

    private static Command List()
    {
        var text = new Option<string?>("--q") { Description = "In id, title or description." };
        var category = new Option<string?>("--category") { Description = "Only of this category." };
        var status = new Option<string?>("--status") { Description = "Only in this status." };
        status.AcceptOnlyFromAmong("pending", "active", "paused", "closed", "resolved", "voided");
        var command = new Command("list", "Finds events.") { text, category, status };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var answer = await client.ListEventsAsync(
                parse.GetValue(text), parse.GetValue(category), parse.GetValue(status), GlobalOptions.Read(parse),
                cancellation);
            return Answers.Print(parse, answer, ResponseJson.Default.PageEventResponse, page => Tables.Print(
                ["EVENT", "STATUS", "KIND", "CATEGORY", "CLOSES", "TITLE"],
                page.Items.Select(item => (IReadOnlyList<string>)
                [
                    item.EventId, item.Status, item.Market.Kind, item.Category ?? "-", item.Market.ClosesAt ?? "-",
                    item.Title,
                ])));
        });
        return command;
    }

    private static Command Get()
    {
        var id = EventId();
        var command = new Command("get", "Shows an event and its market.") { id };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var answer = await client.GetEventAsync(
                parse.GetRequiredValue(id), GlobalOptions.Read(parse), cancellation);
            return Answers.Print(parse, answer, ResponseJson.Default.EventResponse, Print);
        });
        return command;
    }

    private static Command Update()
    {
        var id = EventId();
        var title = new Option<string?>("--title") { Description = "Default: as it is." };
        var description = new Option<string?>("--description") { Description = "Default: as it is." };
        var category = new Option<string?>("--category") { Description = "Default: as it is." };
        var closes = ClosesAt("When it closes by itself, or never. Default: as it is.");
        var command = new Command("update", "Changes what an event says, and when its market closes.")
        {
            id, title, description, category, closes,
        };
        command.SetAction(async (parse, cancellation) =>
        {
            var change = new UpdateEventRequest
            {
                Title = parse.GetValue(title),
                Description = parse.GetValue(description),
                Category = parse.GetValue(category),
                ClosesAt = parse.GetValue(closes),
            };
            using var client = GlobalOptions.Client(parse);
            return PrintEvent(parse, await client.UpdateEventAsync(
                parse.GetRequiredValue(id), change, cancellation: cancellation));
        });
        return command;
    }

    private static Command Resolve()
    {
        var id = EventId();
        var result = new Argument<string[]>("result")
        {
            Description = "The outcome that came true, or what each pays: A=0.5 B=0.5.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("resolve", "Says once what each outcome pays, and pays every holder.") { id, result };
        command.SetAction(async (parse, cancellation) =>
        {
            var resolution = ResolutionOf(parse.GetRequiredValue(result));
            using var client = GlobalOptions.Client(parse);
            var outcome = await client.ResolveMarketAsync(
                parse.GetRequiredValue(id), resolution, cancellation: cancellation);
            return Answers.Print(parse, outcome, ResponseJson.Default.MarketResponse, PrintMarket);
        });
        return command;
    }

    private static Command Delete()
    {
        var id = EventId();
        var command = new Command("delete", "Takes an event without trades out; orders and sets are repaid.") { id };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            return PrintEvent(parse, await client.DeleteEventAsync(
                parse.GetRequiredValue(id), cancellation: cancellation));
        });
        return command;
    }

    private static Command Status(string name, string status, string description) => End(
        name, description, (client, id, cancellation) => client.SetMarketStatusAsync(
            id, new MarketStatusRequest { Status = status }, cancellation: cancellation));

    private static Command End(
        string name, string description,
        Func<ReplicatedBookClient, string, CancellationToken, Task<WriteOutcome<MarketResponse>>> change)
    {
        var id = EventId();
        var command = new Command(name, description) { id };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var outcome = await change(client, parse.GetRequiredValue(id), cancellation);
            return Answers.Print(parse, outcome, ResponseJson.Default.MarketResponse, PrintMarket);
        });
        return command;
    }

    private static EventOutcome[] OutcomesOf(string[] given) =>
        [.. (given.Length == 0 ? ["YES=Yes", "NO=No"] : given).Select(text =>
        {
            var parts = text.Split('=', 2);
            return new EventOutcome { Id = parts[0], Title = parts.Length == 2 ? parts[1] : null };
        })];

    private static ResolveMarketRequest ResolutionOf(string[] given)
    {
        if (given is [var winner] && !winner.Contains('=', StringComparison.Ordinal))
        {
            return new ResolveMarketRequest { Outcome = winner };
        }

        var payouts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in given)
        {
            var parts = text.Split('=', 2);
            if (parts.Length != 2 || !payouts.TryAdd(parts[0], parts[1]))
            {
                throw new UsageException($"{text} is no payout of another outcome, such as A=0.5");
            }
        }

        return new ResolveMarketRequest { Payouts = payouts };
    }

    private static int PrintEvent(ParseResult parse, WriteOutcome<EventResponse> outcome) =>
        Answers.Print(parse, outcome, ResponseJson.Default.EventResponse, Print);

    private static void Print(EventResponse shown)
    {
        Console.WriteLine($"{shown.EventId}: {shown.Title}");
        PrintMarket(shown.Market);
    }

    private static void PrintMarket(MarketResponse market)
    {
        var end = market.ClosesAt is null ? "" : $", closes {market.ClosesAt}";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{market.Kind}, {market.Status}{(market.Settling ? " (settling)" : "")}{end}; open interest "
                + $"{market.OpenInterest}, {market.CollateralLocked} {market.Collateral} locked"));
        Tables.Print(
            ["INSTRUMENT", "OUTCOME", ">BID", ">ASK", ">LAST", ">SUPPLY", ">PAYS"],
            market.Outcomes.Select(outcome => (IReadOnlyList<string>)
            [
                outcome.Instrument, outcome.Title, outcome.BestBid ?? "-", outcome.BestAsk ?? "-",
                outcome.LastPrice ?? "-", outcome.Supply, outcome.Payout ?? "-",
            ]));
    }
}
