using System.CommandLine;
using ReplicatedBook.Agents.Running;
using ReplicatedBook.Cli.AgentRuns;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb agent.</summary>
internal static class AgentCommands
{
    private const int MostLabel = 64;

    public static Command Build() => new("agent", "Runs agents that trade, and makes what they need.")
    {
        Prepare(), Run(),
    };

    private static Command Run()
    {
        var run = new Command("run", "Runs an agent until Ctrl-C, which takes its quotes out of the book.");
        foreach (var form in AgentForms.All)
        {
            var runner = new AgentRunner(form);
            var command = new Command(form.Type, form.Description);
            foreach (var setting in runner.Settings)
            {
                command.Options.Add(setting.Option);
            }

            command.SetAction((parse, _) => runner.RunAsync(parse));
            run.Subcommands.Add(command);
        }

        return run;
    }

    private static Command Prepare()
    {
        var symbol = new AgentSetting("--instrument", "INSTRUMENT", null, "Such as BTC-USD: what is bought, and paid.");
        var baseScale = new AgentSetting("--base-scale", "BASE_SCALE", "8", "Digits of what is bought.");
        var quoteScale = new AgentSetting("--quote-scale", "QUOTE_SCALE", "2", "Digits of what is paid.");
        var tick = new AgentSetting("--tick", "TICK", "0.01", "Step of prices.");
        var lot = new AgentSetting("--lot", "LOT", "0.0001", "Step of quantities.");
        var labels = new Option<string[]>("--account")
        {
            Description = "Labels of the accounts.",
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command(
            "prepare", "Makes assets, an instrument and accounts where they are not there yet.")
        {
            symbol.Option, baseScale.Option, quoteScale.Option, tick.Option, lot.Option, labels,
        };
        command.SetAction(async (parse, cancellation) =>
        {
            var name = symbol.Text(parse);
            var venue = new VenueSettings(
                name, PartOf(name, 0), baseScale.Whole(parse, 0), PartOf(name, 1), quoteScale.Whole(parse, 0),
                tick.Amount(parse), lot.Amount(parse), Labels(parse.GetValue(labels) ?? []));
            using var client = GlobalOptions.Client(parse);
            var accounts = await new VenueSetup(client).RunAsync(venue, cancellation);
            Console.WriteLine($"{name} is there");
            foreach (var (label, account) in venue.Labels.Zip(accounts))
            {
                Console.WriteLine($"{account} is {label}");
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static string PartOf(string symbol, int at) => symbol.Split('-') is { Length: 2 } parts
        ? parts[at]
        : throw new UsageException($"{symbol} is no symbol such as BTC-USD");

    private static string[] Labels(string[] labels) => labels.All(label => label.Length is >= 1 and <= MostLabel)
        ? labels
        : throw new UsageException($"labels have 1 to {MostLabel} characters");
}
