using System.CommandLine;
using ReplicatedBook.Cli.Output;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb positions, rb audit: what accounts hold, and whether all of it is there.</summary>
internal static class PositionCommands
{
    public static Command Positions()
    {
        var account = new Argument<string>("account");
        var command = new Command("positions", "Shows what an account holds, and what it is worth.") { account };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var answer = await client.GetPositionsAsync(
                parse.GetRequiredValue(account), GlobalOptions.Read(parse), cancellation);
            return Answers.Print(parse, answer, ResponseJson.Default.PositionsResponse, PrintPositions);
        });
        return command;
    }

    public static Command Audit()
    {
        var conservation = new Command("conservation", "Checks that all money and all shares are accounted for.");
        conservation.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var answer = await client.GetConservationAsync(GlobalOptions.Read(parse), cancellation);
            var code = Answers.Print(parse, answer, ResponseJson.Default.ConservationResponse, PrintConservation);
            return answer.Value is { Ok: false } ? ExitCodes.CheckFailed : code;
        });
        return new Command("audit", "Shows who did what, and checks the books.") { Records(), conservation };
    }

    private static Command Records()
    {
        var limit = new Option<int>("--limit") { Description = "Most records.", DefaultValueFactory = _ => 100 };
        var user = new Option<string?>("--user") { Description = "Only of this user, such as u2." };
        var action = new Option<string?>("--action") { Description = "Only this action, such as deposit." };
        var command = new Command("list", "Lists the audit records, newest first.") { limit, user, action };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var answer = await client.ListAuditAsync(
                parse.GetValue(limit), parse.GetValue(user), parse.GetValue(action), GlobalOptions.Read(parse),
                cancellation);
            return Answers.Print(
                parse, answer, ResponseJson.Default.PageAuditRecordResponse, page => Tables.Print(
                    [">RECORD", ">INDEX", "TIME", "USER", "ACTION", "TARGET", "FROM", "OUTCOME"],
                    page.Items.Select(record => (IReadOnlyList<string>)
                    [
                        $"{record.Sequence}", $"{record.Index}", record.Time, record.UserId, record.Action,
                        record.Target ?? "-", record.Origin ?? "-", record.Outcome,
                    ])));
        });
        return command;
    }

    private static void PrintPositions(PositionsResponse positions)
    {
        Tables.Print(
            [
                "INSTRUMENT", ">QUANTITY", ">RESERVED", ">AVERAGE", ">MARK", ">VALUE", ">UNREALIZED", ">REALIZED",
                "ASSET",
            ],
            positions.Items.Select(item => (IReadOnlyList<string>)
            [
                item.Instrument, item.Quantity, item.Reserved, item.AveragePrice ?? "-", item.MarkPrice ?? "-",
                item.Value, item.UnrealizedPnl, item.RealizedPnl, item.Collateral,
            ]));
        Console.WriteLine();
        Tables.Print(
            ["ASSET", ">CASH", ">POSITIONS", ">TOTAL"],
            positions.Totals.Select(total => (IReadOnlyList<string>)
                [total.Asset, total.Cash, total.Positions, total.Total]));
    }

    private static void PrintConservation(ConservationResponse found)
    {
        Tables.Print(
            [
                "ASSET", ">DEPOSITS", ">WITHDRAWALS", ">ISSUED", ">BALANCES", ">FEES", ">COLLATERAL", ">POTS", ">DUST",
                "OK",
            ],
            found.Assets.Select(asset => (IReadOnlyList<string>)
            [
                asset.Asset, asset.Deposits, asset.Withdrawals, asset.Issued, asset.Balances, asset.Fees,
                asset.Collateral, asset.Pots, asset.Dust, asset.Ok ? "yes" : "no",
            ]));
        var lacking = found.Markets.Where(market => !market.Ok).Select(market => market.MarketId)
            .Concat(found.BettingMarkets.Where(market => !market.Ok).Select(market => market.MarketId));
        foreach (var market in lacking)
        {
            Console.WriteLine($"market {market} does not have what it owes");
        }

        Console.WriteLine($"{(found.Ok ? "all is accounted for" : "NOT all is accounted for")} at index {found.Index}");
    }
}
