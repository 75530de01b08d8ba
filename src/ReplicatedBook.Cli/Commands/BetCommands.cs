using System.CommandLine;
using ReplicatedBook.Cli.Output;
using ReplicatedBook.Client;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb bet.</summary>
internal static class BetCommands
{
    private static readonly Option<string?> Account = new("--account")
    {
        Description = "Whose bet; not needed where there is only one account.",
        Recursive = true,
    };

    public static Command Build() => new("bet", "Places, shows, reduces and cancels bets.")
    {
        Account, Place("back", "Bets for a runner."), Place("lay", "Bets against a runner."), Get(), List(), Reduce(),
        Cancel(), CancelAll(), Exposure(),
    };

    private static Command Place(string side, string description)
    {
        var market = new Argument<string>("market");
        var runner = new Argument<string>("runner");
        var stake = new Argument<string>("stake") { Description = "The backer's stake." };
        var odds = new Argument<string>("odds") { Description = "Such as @3.05: the worst that is taken." };
        var persists = new Option<bool>("--persist")
        {
            Description = "Stays when the market goes in play. Default: it lapses.",
        };
        var ioc = new Option<bool>("--ioc") { Description = "What does not match at once expires." };
        var fok = new Option<bool>("--fok") { Description = "All of it or --min-fill matches at once." };
        var minFill = new Option<string?>("--min-fill") { Description = "With --fok: least stake to match." };
        var version = new Option<long?>("--market-version") { Description = "Only while the market has this version." };
        var cid = new Option<string?>("--cid") { Description = "Own id of the bet, unique per account." };
        var stp = new Option<string?>("--stp") { Description = "What happens instead of a bet with oneself." };
        stp.AcceptOnlyFromAmong("cancel_taker", "cancel_maker", "cancel_both", "decrement", "none");
        var command = new Command(side, description)
        {
            market, runner, stake, odds, persists, ioc, fok, minFill, version, cid, stp,
        };
        command.SetAction(async (parse, cancellation) =>
        {
            if (parse.GetValue(ioc) && parse.GetValue(fok))
            {
                throw new UsageException("--ioc and --fok exclude each other");
            }

            var request = new PlaceOrderRequest
            {
                AccountId = parse.GetValue(Account),
                ClientOrderId = parse.GetValue(cid),
                Instrument = $"{parse.GetRequiredValue(market)}:{parse.GetRequiredValue(runner)}",
                Side = side,
                Type = "limit",
                Price = parse.GetRequiredValue(odds).TrimStart('@'),
                Quantity = parse.GetRequiredValue(stake),
                TimeInForce = parse.GetValue(ioc) ? "ioc" : parse.GetValue(fok) ? "fok" : null,
                Stp = parse.GetValue(stp),
                Persistence = parse.GetValue(persists) ? "persist" : null,
                MarketVersion = parse.GetValue(version),
                MinFillQuantity = parse.GetValue(minFill),
            };
            using var client = GlobalOptions.Client(parse);
            var outcome = await client.PlaceOrderAsync(request, ReplicatedBookClient.NewKey(), cancellation);
            return Answers.Print(parse, outcome, ResponseJson.Default.OrderResponse, OrderCommands.PrintOrder);
        });
        return command;
    }

    private static Command Get()
    {
        var name = OrderCommands.Name();
        var command = new Command("get", "Shows a bet with its trades.") { name };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var answer = await client.GetOrderAsync(
                OrderCommands.Named(parse, name, Account), GlobalOptions.Read(parse), cancellation);
            return Answers.Print(parse, answer, ResponseJson.Default.OrderResponse, OrderCommands.PrintOrder);
        });
        return command;
    }

    private static Command List()
    {
        var market = new Option<string?>("--market") { Description = "Only in this market." };
        var closed = new Option<bool>("--closed") { Description = "The last closed ones instead of the open ones." };
        var command = new Command("list", "Lists bets, the newest first.") { market, closed };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var answer = await client.ListBetsAsync(
                parse.GetValue(market), parse.GetValue(Account), parse.GetValue(closed), GlobalOptions.Read(parse),
                cancellation);
            return Answers.Print(
                parse, answer, ResponseJson.Default.PageOrderState, page => OrderCommands.PrintOrders(page.Items));
        });
        return command;
    }

    private static Command Reduce()
    {
        var bet = new Argument<string>("bet") { Description = "Its id." };
        var stake = new Argument<string>("stake") { Description = "How much of what is unmatched to take off." };
        var command = new Command("reduce", "Cancels a part of a bet's unmatched stake.") { bet, stake };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var outcome = await client.ReduceOrderAsync(
                parse.GetRequiredValue(bet), new ReduceOrderRequest { Reduction = parse.GetRequiredValue(stake) },
                null, cancellation);
            return Answers.Print(parse, outcome, ResponseJson.Default.OrderResponse, OrderCommands.PrintOrder);
        });
        return command;
    }

    private static Command Cancel()
    {
        var name = OrderCommands.Name();
        var command = new Command("cancel", "Cancels a bet's unmatched stake.") { name };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var outcome = await client.CancelOrderAsync(
                OrderCommands.Named(parse, name, Account), null, cancellation);
            return Answers.Print(parse, outcome, ResponseJson.Default.OrderResponse, OrderCommands.PrintOrder);
        });
        return command;
    }

    private static Command CancelAll()
    {
        var market = new Option<string?>("--market") { Description = "Only in this market." };
        var runner = new Option<string?>("--runner") { Description = "Only on this runner of it." };
        var side = new Option<string?>("--side") { Description = "Only back or lay." };
        side.AcceptOnlyFromAmong("back", "lay");
        var command = new Command("cancel-all", "Cancels all of an account's open bets that match.")
        {
            market, runner, side,
        };
        command.SetAction(async (parse, cancellation) =>
        {
            var (where, on) = (parse.GetValue(market), parse.GetValue(runner));
            if (on is not null && where is null)
            {
                throw new UsageException("--runner goes with --market");
            }

            using var client = GlobalOptions.Client(parse);
            var outcome = await client.CancelBetsAsync(
                parse.GetValue(Account), on is null ? where : $"{where}:{on}", parse.GetValue(side), null,
                cancellation);
            return Answers.Print(
                parse, outcome, ResponseJson.Default.MassCancelResponse,
                canceled => Console.WriteLine($"canceled {canceled.Canceled} bets"));
        });
        return command;
    }

    private static Command Exposure()
    {
        var account = new Argument<string>("account");
        var market = new Option<string?>("--market") { Description = "Only in this market." };
        var command = new Command("exposure", "Shows what an account stands to win or lose.") { account, market };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var answer = await client.GetExposureAsync(
                parse.GetRequiredValue(account), parse.GetValue(market), GlobalOptions.Read(parse), cancellation);
            return Answers.Print(parse, answer, ResponseJson.Default.ExposureResponse, exposure => Tables.Print(
                ["MARKET", "RUNNER", ">IF WIN", ">IF LOSE", ">LIABILITY", "CURRENCY"],
                exposure.Items.Select(item => (IReadOnlyList<string>)
                    [item.MarketId, item.RunnerId, item.IfWin, item.IfLose, item.Liability, item.Currency])));
        });
        return command;
    }
}
