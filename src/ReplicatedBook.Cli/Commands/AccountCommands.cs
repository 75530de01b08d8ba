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
        return new Command("account", "Creates and lists accounts.") { create, list };
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

    private static void PrintAccounts(IReadOnlyList<AccountResponse> accounts) => Tables.Print(
        ["ACCOUNT", "LABEL", "USER", "CREATED"],
        accounts.Select(account => (IReadOnlyList<string>)
            [account.AccountId, account.Label, account.UserId, account.CreatedAt]));

    private static void PrintAssets(IReadOnlyList<AssetResponse> assets) => Tables.Print(
        ["ASSET", ">SCALE"], assets.Select(asset => (IReadOnlyList<string>)[asset.Asset, $"{asset.Scale}"]));
}
