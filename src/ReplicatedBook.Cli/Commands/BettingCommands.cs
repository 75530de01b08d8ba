using System.CommandLine;
using ReplicatedBook.Cli.Output;
using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb betting.</summary>
internal static class BettingCommands
{
    private static readonly Option<long?> Version = new("--if-version")
    {
        Description = "Only if the market still has this version.",
    };

    private static readonly Option<int?> Batch = new("--batch")
    {
        Description = "Most bets, trades or accounts that one log entry works on, 1 to 10000.",
    };

    public static Command Build() => new("betting", "Creates, leads, shows and settles betting markets.")
    {
        Create(), List(), Show(), Book(), Trades(), AddRunner(), RemoveRunner(),
        State("open", "Opens a suspended market again."), Suspend(),
        State("close", "Closes a market for good and cancels its bets."),
        Phase("await-live", "Stops trading before the event and cancels the bets that lapse."),
        Phase("in-play", "Goes in play."), Settle(), Void(), VoidTrades(), CancelAll(),
    };

    private static Argument<string> Market() => new("market") { Description = "Its id, such as b1." };

    private static Command Create()
    {
        var name = new Argument<string>("name") { Description = "Unique, for people." };
        var runners = new Argument<string[]>("runners")
        {
            Description = "Names of its runners: they get 1, 2, ...",
            Arity = ArgumentArity.OneOrMore,
        };
        var currency = new Option<string>("--currency") { Description = "What is staked.", Required = true };
        var isMulti = new Option<bool>("--multi")
        {
            Description = "Bets meet on their own runner only. Default: so with other than two runners.",
        };
        var inPlay = new Option<bool>("--in-play-capable") { Description = "It may go in play." };
        var commission = new Option<int>("--commission-bps") { Description = "Of net winnings; default 0." };
        var delay = new Option<int>("--bet-delay") { Description = "In play, in milliseconds; default 0." };
        var ofBet = new Option<string?>("--max-bet-liability") { Description = "Most that one bet may risk." };
        var ofAccount = new Option<string?>("--max-account-liability")
        {
            Description = "Most that one account may risk in the market.",
        };
        var command = new Command("create", "Creates a betting market, open and before its event.")
        {
            name, runners, currency, isMulti, inPlay, commission, delay, ofBet, ofAccount,
        };
        command.SetAction(async (parse, cancellation) =>
        {
            var names = parse.GetRequiredValue(runners);
            var request = new CreateBettingMarketRequest
            {
                Name = parse.GetRequiredValue(name),
                BookType = names.Length == 2 && !parse.GetValue(isMulti) ? "two_runner" : "multi_runner",
                InPlayCapable = parse.GetValue(inPlay),
                Currency = parse.GetRequiredValue(currency),
                Runners = [.. names.Select((runner, i) => new RunnerRequest { RunnerId = $"{i + 1}", Name = runner })],
                CommissionBps = parse.GetValue(commission),
                BetDelayMs = parse.GetValue(delay),
                MaxBetLiability = parse.GetValue(ofBet),
                MaxAccountLiability = parse.GetValue(ofAccount),
            };
            using var client = GlobalOptions.Client(parse);
            return Print(parse, await client.CreateBettingMarketAsync(request, null, cancellation));
        });
        return command;
    }

    private static Command List()
    {
        var state = new Option<string?>("--state") { Description = "Only markets in this state." };
        state.AcceptOnlyFromAmong("open", "suspended", "closed", "settled", "voided");
        var command = new Command("list", "Lists the betting markets.") { state };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var answer = await client.ListBettingMarketsAsync(
                parse.GetValue(state), GlobalOptions.Read(parse), cancellation);
            return Answers.Print(
                parse, answer, ResponseJson.Default.PageBettingMarketResponse, page => PrintMarkets(page.Items));
        });
        return command;
    }

    private static Command Show()
    {
        var market = Market();
        var command = new Command("show", "Shows a market and its runners.") { market };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var answer = await client.GetBettingMarketAsync(
                parse.GetRequiredValue(market), GlobalOptions.Read(parse), cancellation);
            return Answers.Print(parse, answer, ResponseJson.Default.BettingMarketResponse, PrintMarket);
        });
        return command;
    }

    private static Command Book()
    {
        var market = Market();
        var depth = new Option<int>("--depth") { Description = "Odds per side.", DefaultValueFactory = _ => 10 };
        var command = new Command("book", "Shows the unmatched bets on every runner.") { market, depth };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var answer = await client.GetBettingBookAsync(
                parse.GetRequiredValue(market), parse.GetValue(depth), GlobalOptions.Read(parse), cancellation);
            return Answers.Print(parse, answer, ResponseJson.Default.BettingBookResponse, book =>
            {
                Tables.Print(
                    ["RUNNER", "SIDE", ">ODDS", ">STAKE", ">BETS"],
                    book.Runners.SelectMany(runner => Rows(runner.Instrument, "back", runner.Backs)
                        .Concat(Rows(runner.Instrument, "lay", runner.Lays))));
                Console.WriteLine(
                    $"{book.MarketId} {book.State}, {book.Phase}, version {book.Version} at index {book.Index}");
            });
        });
        return command;
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(
        string runner, string side, IReadOnlyList<BookLevel> levels) =>
        levels.Select(level => (IReadOnlyList<string>)
            [runner, side, level.Price, level.Quantity, $"{level.OrderCount}"]);

    private static Command Trades()
    {
        var market = Market();
        var limit = new Option<int>("--limit") { Description = "At most 1000.", DefaultValueFactory = _ => 20 };
        var command = new Command("trades", "Shows the last trades of a market.") { market, limit };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var answer = await client.GetBetTradesAsync(
                parse.GetRequiredValue(market), parse.GetValue(limit), GlobalOptions.Read(parse), cancellation);
            return Answers.Print(parse, answer, ResponseJson.Default.PageBetTradeResponse, trades => Tables.Print(
                ["TRADE", "TIME", "MAKER", ">ODDS", ">STAKE", "TAKER", ">STAKE", "VOIDED", ">INDEX"],
                trades.Items.Select(trade => (IReadOnlyList<string>)
                [
                    trade.TradeId, trade.Time, $"{trade.MakerSide} {trade.MakerInstrument}", trade.Price,
                    trade.MakerQuantity, $"{trade.TakerSide} {trade.TakerInstrument}", trade.TakerQuantity,
                    trade.Voided ? "yes" : "no", $"{trade.Index}",
                ])));
        });
        return command;
    }

    private static Command AddRunner()
    {
        var runner = new Argument<string>("runner") { Description = "Its id: digits." };
        var name = new Argument<string>("name");
        return Change(
            "add-runner", "Adds a runner to a market of many.", [runner, name], [Version],
            (client, market, parse, cancellation) => client.AddRunnersAsync(
                market,
                new AddRunnersRequest
                {
                    Runners =
                    [
                        new RunnerRequest
                        {
                            RunnerId = parse.GetRequiredValue(runner),
                            Name = parse.GetRequiredValue(name),
                        },
                    ],
                },
                parse.GetValue(Version), null, cancellation));
    }

    private static Command RemoveRunner()
    {
        var runner = new Argument<string>("runner") { Description = "Its id: digits." };
        return Change(
            "remove-runner", "Removes a runner from a market of many: its bets are canceled or void.", [runner],
            [Version, Batch],
            (client, market, parse, cancellation) => client.RemoveRunnerAsync(
                market, parse.GetRequiredValue(runner), parse.GetValue(Batch), parse.GetValue(Version), null,
                cancellation));
    }

    private static Command State(string name, string description) => Change(
        name, description, [], [Version, Batch],
        (client, market, parse, cancellation) => client.SetBettingStateAsync(
            market,
            new BettingStateRequest
            {
                State = name == "close" ? "closed" : "open",
                BatchSize = parse.GetValue(Batch),
            },
            parse.GetValue(Version), null, cancellation));

    private static Command Suspend()
    {
        var lapses = new Option<bool>("--lapse-orders") { Description = "Also cancels the bets that lapse." };
        return Change(
            "suspend", "Stops trading; bets may be canceled.", [], [lapses, Version, Batch],
            (client, market, parse, cancellation) => client.SetBettingStateAsync(
                market,
                new BettingStateRequest
                {
                    State = "suspended",
                    LapseOrders = parse.GetValue(lapses) ? true : null,
                    BatchSize = parse.GetValue(Batch),
                },
                parse.GetValue(Version), null, cancellation));
    }

    private static Command Phase(string name, string description) => Change(
        name, description, [], [Version, Batch],
        (client, market, parse, cancellation) => client.SetBettingPhaseAsync(
            market,
            new BettingPhaseRequest
            {
                Phase = name == "in-play" ? "in_play" : "awaiting_live",
                BatchSize = parse.GetValue(Batch),
            },
            parse.GetValue(Version), null, cancellation));

    private static Command Settle()
    {
        var winners = new Argument<string[]>("winners")
        {
            Description = "Runners that won, such as 1; of a dead heat with parts, such as 1=0.5 2=0.5.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var voided = new Option<string[]>("--void-runner") { Description = "Runners whose bets are void." };
        return Change(
            "settle", "Pays a closed market out.", [winners], [voided, Version, Batch],
            (client, market, parse, cancellation) =>
            {
                var given = parse.GetValue(winners) ?? [];
                var parts = given.Where(text => text.Contains('=')).Select(text => text.Split('=', 2)).ToArray();
                if (parts.DistinctBy(part => part[0]).Count() != parts.Length)
                {
                    throw new UsageException("a runner is named twice");
                }

                var result = new SettleBettingMarketRequest
                {
                    Winners = [.. given.Where(text => !text.Contains('='))],
                    DeadHeat = parts.Length == 0 ? null : parts.ToDictionary(part => part[0], part => part[1]),
                    VoidRunners = parse.GetValue(voided) is { Length: > 0 } some ? some : null,
                    BatchSize = parse.GetValue(Batch),
                };
                return client.SettleBettingMarketAsync(market, result, parse.GetValue(Version), null, cancellation);
            });
    }

    private static Command Void() => Change(
        "void", "Cancels all bets and pays back what is matched.", [], [Version, Batch],
        (client, market, parse, cancellation) => client.VoidBettingMarketAsync(
            market, new VoidBettingMarketRequest { BatchSize = parse.GetValue(Batch) }, parse.GetValue(Version), null,
            cancellation));

    private static Command VoidTrades()
    {
        var trades = new Argument<string[]>("trades") { Arity = ArgumentArity.ZeroOrMore };
        var since = new Option<string?>("--since") { Description = "All trades of this time or later instead." };
        return Change(
            "void-trades", "Undoes trades: both sides get back what they paid.", [trades], [since, Batch],
            (client, market, parse, cancellation) =>
            {
                var given = parse.GetValue(trades) ?? [];
                if (given.Length == 0 == (parse.GetValue(since) is null))
                {
                    throw new UsageException("either trades or --since is needed");
                }

                var request = new VoidTradesRequest
                {
                    TradeIds = given.Length == 0 ? null : given,
                    Since = parse.GetValue(since),
                    BatchSize = parse.GetValue(Batch),
                };
                return client.VoidTradesAsync(market, request, null, cancellation);
            });
    }

    private static Command CancelAll()
    {
        var account = new Option<string?>("--account") { Description = "Only of this account." };
        var runner = new Option<string?>("--runner") { Description = "Only on this runner." };
        var from = new Option<string?>("--from") { Description = "Only placed at this time or later." };
        var to = new Option<string?>("--to") { Description = "Only placed at this time or earlier." };
        return Change(
            "cancel-all", "Cancels the market's open bets that fit, of any account.", [],
            [account, runner, from, to, Batch],
            (client, market, parse, cancellation) => client.CancelMarketOrdersAsync(
                market,
                new CancelMarketOrdersRequest
                {
                    AccountId = parse.GetValue(account),
                    RunnerId = parse.GetValue(runner),
                    CreatedFrom = parse.GetValue(from),
                    CreatedTo = parse.GetValue(to),
                    BatchSize = parse.GetValue(Batch),
                },
                null, cancellation));
    }

    private static Command Change(
        string name,
        string description,
        IReadOnlyList<Argument> arguments,
        IReadOnlyList<Option> options,
        Func<ReplicatedBookClient, string, ParseResult, CancellationToken, Task<WriteOutcome<BettingMarketResponse>>>
            change)
    {
        var market = Market();
        var command = new Command(name, description) { market };
        foreach (var argument in arguments)
        {
            command.Arguments.Add(argument);
        }

        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            return Print(parse, await change(client, parse.GetRequiredValue(market), parse, cancellation));
        });
        return command;
    }

    private static int Print(ParseResult parse, WriteOutcome<BettingMarketResponse> outcome) => Answers.Print(
        parse, outcome, ResponseJson.Default.BettingMarketResponse, market =>
        {
            PrintMarket(market);
            if (market.Affected is > 0 and var count)
            {
                Console.WriteLine($"{count} bets, trades or accounts in this entry");
            }
        });

    private static void PrintMarket(BettingMarketResponse market)
    {
        PrintMarkets([market]);
        Console.WriteLine();
        Tables.Print(
            ["RUNNER", "INSTRUMENT", "NAME", "REMOVED"],
            market.Runners.Select(runner => (IReadOnlyList<string>)
                [runner.RunnerId, runner.Instrument, runner.Name, runner.Removed ? "yes" : "no"]));
    }

    private static void PrintMarkets(IReadOnlyList<BettingMarketResponse> markets) => Tables.Print(
        [
            "MARKET", "NAME", "BOOK", "STATE", "PHASE", ">VERSION", "CURRENCY", ">MATCHED", ">POT", ">OPEN BETS",
            "BATCH",
        ],
        markets.Select(market => (IReadOnlyList<string>)
        [
            market.MarketId, market.Name, market.BookType, market.State, market.Phase, $"{market.Version}",
            market.Currency, market.MatchedVolume, market.Pot, $"{market.OpenOrders}",
            market.BatchUnderWay ? "under way" : "-",
        ]));
}
