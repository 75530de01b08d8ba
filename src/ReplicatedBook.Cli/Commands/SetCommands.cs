using System.CommandLine;
using ReplicatedBook.Cli.Output;
using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb set: complete sets of shares.</summary>
internal static class SetCommands
{
    public static Command Build() => new("set", "Turns collateral into complete sets of shares and back.")
    {
        Move("split", "Turns collateral into one share of each outcome per unit.",
            (client, market, set, cancellation) => client.SplitSetAsync(market, set, null, cancellation)),
        Move("merge", "Turns one share of each outcome into a unit of collateral.",
            (client, market, set, cancellation) => client.MergeSetAsync(market, set, null, cancellation)),
    };

    private static Command Move(
        string name, string description,
        Func<ReplicatedBookClient, string, SetRequest, CancellationToken, Task<WriteOutcome<SetResponse>>> move)
    {
        var market = new Argument<string>("market");
        var quantity = new Argument<string>("quantity") { Description = "Sets, each worth one of the collateral." };
        var account = new Option<string?>("--account") { Description = "Whose. Default: the only account there is." };
        var command = new Command(name, description) { market, quantity, account };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var set = new SetRequest
            {
                AccountId = parse.GetValue(account),
                Quantity = parse.GetRequiredValue(quantity),
            };
            var outcome = await move(client, parse.GetRequiredValue(market), set, cancellation);
            return Answers.Print(parse, outcome, ResponseJson.Default.SetResponse, moved => Tables.Print(
                ["MARKET", "ACCOUNT", ">SETS", ">AMOUNT", ">AVAILABLE", "ASSET"],
                [[
                    moved.MarketId, moved.AccountId, moved.Quantity, moved.Amount, moved.Balance.Available,
                    moved.Balance.Asset,
                ]]));
        });
        return command;
    }
}
