using System.CommandLine;
using ReplicatedBook.Cli.Output;
using ReplicatedBook.Client;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb order.</summary>
internal static class OrderCommands
{
    private static readonly Option<string?> Account = new("--account")
    {
        Description = "Whose order; not needed where there is only one account.",
        Recursive = true,
    };

    public static Command Build()
    {
        var order = new Command("order", "Places, tries out, shows, changes and cancels orders.") { Account };
        order.Subcommands.Add(Place("buy"));
        order.Subcommands.Add(Place("sell"));
        order.Subcommands.Add(Validate());
        order.Subcommands.Add(Get());
        order.Subcommands.Add(Amend());
        order.Subcommands.Add(Cancel());
        order.Subcommands.Add(CancelAll());
        return order;
    }

    private static Command Place(string side)
    {
        var form = new OrderForm();
        var command = new Command(side, $"Places an order to {side}.");
        form.AddTo(command);
        command.SetAction(async (parse, cancellation) =>
        {
            var request = form.Read(parse, side, parse.GetValue(Account));
            using var client = GlobalOptions.Client(parse);
            var outcome = await client.PlaceOrderAsync(request, ReplicatedBookClient.NewKey(), cancellation);
            return Answers.Print(parse, outcome, ResponseJson.Default.OrderResponse, PrintOrder);
        });
        return command;
    }

    private static Command Validate()
    {
        var side = new Argument<string>("side");
        side.AcceptOnlyFromAmong("buy", "sell");
        var form = new OrderForm();
        var command = new Command("validate", "Says what would become of an order; places nothing.") { side };
        form.AddTo(command);
        command.SetAction(async (parse, cancellation) =>
        {
            var request = form.Read(parse, parse.GetRequiredValue(side), parse.GetValue(Account));
            using var client = GlobalOptions.Client(parse);
            var answer = await client.ValidateOrderAsync(request, GlobalOptions.Read(parse), cancellation);
            return Answers.Print(parse, answer, ResponseJson.Default.OrderPreviewResponse, PrintPreview);
        });
        return command;
    }

    private static Command Get()
    {
        var name = Name();
        var command = new Command("get", "Shows an order with its trades.") { name };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var answer = await client.GetOrderAsync(
                Named(parse, name, Account), GlobalOptions.Read(parse), cancellation);
            return Answers.Print(parse, answer, ResponseJson.Default.OrderResponse, PrintOrder);
        });
        return command;
    }

    private static Command Amend()
    {
        var name = Name();
        var quantity = new Option<string?>("--quantity")
        {
            Description = "New total, what is filled included; less alone keeps time priority.",
        };
        var price = new Option<string?>("--price") { Description = "New limit." };
        var command = new Command("amend", "Changes an open order.") { name, quantity, price };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var change = new AmendOrderRequest
            {
                Quantity = parse.GetValue(quantity),
                Price = parse.GetValue(price)?.TrimStart('@'),
            };
            var id = await IdAsync(client, parse, name, cancellation);
            var outcome = await client.AmendOrderAsync(id, change, null, cancellation);
            return Answers.Print(parse, outcome, ResponseJson.Default.OrderResponse, PrintOrder);
        });
        return command;
    }

    private static Command Cancel()
    {
        var name = Name();
        var command = new Command("cancel", "Cancels an open order.") { name };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var outcome = await client.CancelOrderAsync(Named(parse, name, Account), null, cancellation);
            return Answers.Print(parse, outcome, ResponseJson.Default.OrderResponse, PrintOrder);
        });
        return command;
    }

    private static Command CancelAll()
    {
        var instrument = new Option<string?>("--instrument") { Description = "Only in this book." };
        var side = new Option<string?>("--side") { Description = "Only buy or sell." };
        side.AcceptOnlyFromAmong("buy", "sell");
        var command = new Command("cancel-all", "Cancels all open orders that match.") { instrument, side };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var outcome = await client.CancelOrdersAsync(
                parse.GetValue(Account), parse.GetValue(instrument), parse.GetValue(side), null, cancellation);
            return Answers.Print(
                parse, outcome, ResponseJson.Default.MassCancelResponse,
                done => Console.WriteLine($"canceled {done.Canceled} orders"));
        });
        return command;
    }

    /// <summary>Names an order or a bet.</summary>
    public static Argument<string> Name() => new("order") { Description = "Its id, or cid= and its own id." };

    /// <summary>What was named.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="name">As <see cref="Name"/> gave it.</param>
    /// <param name="account">Whose names count.</param>
    public static OrderName Named(ParseResult parse, Argument<string> name, Option<string?> account)
    {
        var text = parse.GetRequiredValue(name);
        return text.StartsWith("cid=", StringComparison.Ordinal)
            ? OrderName.ByClientId(text["cid=".Length..], parse.GetValue(account))
            : OrderName.ById(text);
    }

    /// <summary>The exchange's id: an order is changed by that alone.</summary>
    private static async Task<string> IdAsync(
        ReplicatedBookClient client, ParseResult parse, Argument<string> name, CancellationToken cancellation)
    {
        var text = parse.GetRequiredValue(name);
        if (!text.StartsWith("cid=", StringComparison.Ordinal))
        {
            return text;
        }

        var found = await client.GetOrderAsync(Named(parse, name, Account), ReadOptions.Strong, cancellation);
        return found.Require().Order.OrderId;
    }

    /// <summary>Prints orders or bets.</summary>
    public static void PrintOrders(IEnumerable<OrderState> orders) => Tables.Print(
        [
            "ORDER", "INSTRUMENT", "SIDE", ">PRICE", ">QUANTITY", ">FILLED", ">REMAINING", ">AVERAGE", "STATUS",
            ">INDEX",
        ],
        orders.Select(order => (IReadOnlyList<string>)
        [
            order.OrderId, order.Instrument, order.Side, PriceOf(order), order.Quantity,
            order.FilledQuantity, order.RemainingQuantity, order.AveragePrice ?? "-",
            order.Reason is null ? order.Status : $"{order.Status} ({order.Reason})", $"{order.UpdatedIndex}",
        ]));

    /// <summary>Prints an order or a bet with its trades.</summary>
    public static void PrintOrder(OrderResponse answer)
    {
        PrintOrders([answer.Order]);
        if (answer.Fills.Count > 0)
        {
            Console.WriteLine();
            Tables.Print(
                ["TRADE", ">PRICE", ">QUANTITY", "LIQUIDITY", ">FEE", "MAKER ORDER"],
                answer.Fills.Select(fill => (IReadOnlyList<string>)
                [
                    fill.TradeId, fill.Price, fill.Quantity, fill.Liquidity, $"{fill.Fee} {fill.FeeAsset}",
                    fill.MakerOrderId,
                ]));
        }
    }

    private static string PriceOf(OrderState order)
    {
        var worst = order.Price ?? (order.ProtectionPrice is null ? "market" : $"market to {order.ProtectionPrice}");
        return order.StopPrice is null ? worst : $"{worst} from {order.StopPrice}";
    }

    private static void PrintPreview(OrderPreviewResponse preview)
    {
        Tables.Print(
            ["STATUS", ">FILLED", ">REMAINING", ">AVERAGE", ">RESERVED"],
            [[
                preview.Reason is null ? preview.Status : $"{preview.Status} ({preview.Reason})",
                preview.FilledQuantity, preview.RemainingQuantity, preview.AveragePrice ?? "-", preview.Reserved,
            ]]);
        if (preview.ExistingOrder is { } order)
        {
            Console.WriteLine($"it repeats order {order.OrderId}");
        }

        if (preview.Fills.Count > 0)
        {
            Console.WriteLine();
            Tables.Print(
                [">PRICE", ">QUANTITY", ">FEE"],
                preview.Fills.Select(fill => (IReadOnlyList<string>)
                    [fill.Price, fill.Quantity, $"{fill.Fee} {fill.FeeAsset}"]));
        }
    }
}
