using System.CommandLine;
using ReplicatedBook.Cli.Output;
using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb balances, rb deposit, rb withdraw, rb account, rb asset.</summary>
internal static class AccountCommands
{
    public static Command Balances()
    {
        var account = new Argument<string>("account");
        var command = new Command("balances", "Shows what an account has.") { account };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var answer = await client.GetBalancesAsync(
                parse.GetRequiredValue(account), GlobalOptions.Read(parse), cancellation);
            return Answers.Print(
                parse, answer, ResponseJson.Default.BalancesResponse, balances => PrintBalances(balances.Items));
        });
        return command;
    }

    public static Command Deposit() => Funds(
        "deposit", "Puts money into an account.",
        (client, account, funds, cancellation) => client.DepositAsync(account, funds, null, cancellation));

    public static Command Withdraw() => Funds(
        "withdraw", "Takes money out of an account.",
        (client, account, funds, cancellation) => client.WithdrawAsync(account, funds, null, cancellation));

    public static Command Account()
    {
        var label = new Option<string?>("--label") { Description = "For people." };
        var create = new Command("create", "Creates an account.") { label };
        create.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var outcome = await client.CreateAccountAsync(
                new CreateAccountRequest { Label = parse.GetValue(label) }, null, cancellation);
            return Answers.Print(
                parse, outcome, ResponseJson.Default.AccountResponse, account => PrintAccounts([account]));
        });
        var list = new Command("list", "Lists the accounts.");
        list.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var answer = await client.ListAccountsAsync(GlobalOptions.Read(parse), cancellation);
            return Answers.Print(
                parse, answer, ResponseJson.Default.PageAccountResponse, page => PrintAccounts(page.Items));
        });
        return new Command("account", "Creates, shows and lists accounts and sets their switches.")
        {
            create, list, GetAccount(), CancelAfter(),
        };
    }

    private static Command GetAccount()
    {
        var name = new Argument<string>("account");
        var command = new Command("get", "Shows an account and when its dead man's switch fires.") { name };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var answer = await client.GetAccountAsync(
                parse.GetRequiredValue(name), GlobalOptions.Read(parse), cancellation);
            return Answers.Print(
                parse, answer, ResponseJson.Default.AccountResponse, account =>
                {
                    PrintAccounts([account]);
                    PrintSwitch(account.CancelAfterAt);
                });
        });
        return command;
    }

    private static Command CancelAfter()
    {
        var name = new Argument<string>("account");
        var milliseconds = new Argument<int>("milliseconds") { Description = "1000 to 300000; 0 switches it off." };
        var command = new Command("cancel-after", "Cancels all open orders of an account unless said again in time.")
        {
            name, milliseconds,
        };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var outcome = await client.SetCancelAfterAsync(
                parse.GetRequiredValue(name), new CancelAfterRequest { TimeoutMs = parse.GetValue(milliseconds) },
                null, cancellation);
            return Answers.Print(
                parse, outcome, ResponseJson.Default.CancelAfterResponse, set => PrintSwitch(set.CancelAt));
        });
        return command;
    }

    public static Command Asset()
    {
        var symbol = new Argument<string>("asset");
        var scale = new Argument<int>("scale") { Description = "Digits after the point, 0 to 12." };
        var create = new Command("create", "Creates an asset.") { symbol, scale };
        create.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var request = new CreateAssetRequest
            {
                Asset = parse.GetRequiredValue(symbol),
                Scale = parse.GetValue(scale),
            };
            var outcome = await client.CreateAssetAsync(request, null, cancellation);
            return Answers.Print(parse, outcome, ResponseJson.Default.AssetResponse, asset => PrintAssets([asset]));
        });
        var list = new Command("list", "Lists the assets.");
        list.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var answer = await client.ListAssetsAsync(GlobalOptions.Read(parse), cancellation);
            return Answers.Print(
                parse, answer, ResponseJson.Default.PageAssetResponse, page => PrintAssets(page.Items));
        });
        return new Command("asset", "Creates and lists assets.") { create, list };
    }

    private static Command Funds(
        string name,
        string description,
        Func<ReplicatedBookClient, string, FundsRequest, CancellationToken, Task<WriteOutcome<FundsResponse>>> post)
    {
        var account = new Argument<string>("account");
        var amount = new Argument<string>("amount");
        var asset = new Argument<string>("asset");
        var reference = new Option<string?>("--reference") { Description = "For people." };
        var command = new Command(name, description) { account, amount, asset, reference };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var funds = new FundsRequest
            {
                Asset = parse.GetRequiredValue(asset),
                Amount = parse.GetRequiredValue(amount),
                Reference = parse.GetValue(reference),
            };
            var outcome = await post(client, parse.GetRequiredValue(account), funds, cancellation);
            return Answers.Print(
                parse, outcome, ResponseJson.Default.FundsResponse, posted => PrintBalances([posted.Balance]));
        });
        return command;
    }

    private static void PrintBalances(IReadOnlyList<BalanceResponse> balances) => Tables.Print(
        ["ASSET", ">TOTAL", ">AVAILABLE", ">RESERVED"],
        balances.Select(balance => (IReadOnlyList<string>)
            [balance.Asset, balance.Total, balance.Available, balance.Reserved]));

    private static void PrintSwitch(string? at) =>
        Console.WriteLine(at is null ? "its open orders stay" : $"its open orders are canceled at {at}");

    private static void PrintAccounts(IReadOnlyList<AccountResponse> accounts) => Tables.Print(
        ["ACCOUNT", "LABEL", "USER", "CREATED"],
        accounts.Select(account => (IReadOnlyList<string>)
            [account.AccountId, account.Label, account.UserId, account.CreatedAt]));

    private static void PrintAssets(IReadOnlyList<AssetResponse> assets) => Tables.Print(
        ["ASSET", ">SCALE"], assets.Select(asset => (IReadOnlyList<string>)[asset.Asset, $"{asset.Scale}"]));
}
