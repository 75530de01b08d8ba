using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using ReplicatedBook.Agents;
using ReplicatedBook.Agents.Running;
using ReplicatedBook.Agents.Trading;
using ReplicatedBook.Client;

namespace ReplicatedBook.Cli.AgentRuns;

/// <summary>Runs one agent until SIGINT or SIGTERM; what all agents can be told.</summary>
internal sealed partial class AgentRunner
{
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(5);

    private readonly AgentForm _form;
    private readonly AgentSetting _instrument = new("--instrument", "INSTRUMENT", null, "Symbol of what it trades.");

    private readonly AgentSetting _account = new(
        "--account", "ACCOUNT_ID", null, "Whose orders: an id, or label= and the label of an account.");

    private readonly AgentSetting _baseDeposit = new(
        "--base-deposit", "BASE_DEPOSIT", null, "Paid in first where the account has nothing of the base asset.");

    private readonly AgentSetting _quoteDeposit = new(
        "--quote-deposit", "QUOTE_DEPOSIT", null, "The same of the quote asset.");

    private readonly AgentSetting _name;

    public AgentRunner(AgentForm form)
    {
        _form = form;
        _name = new AgentSetting("--name", "AGENT_NAME", form.Prefix, "Its orders' ids begin so, 1 to 12 characters.");
    }

    /// <summary>Every setting, its own ones first.</summary>
    public IEnumerable<AgentSetting> Settings =>
        [.. _form.Settings, _instrument, _account, _baseDeposit, _quoteDeposit, _name];

    /// <summary>Runs the agent.</summary>
    /// <returns>Exit code of rb.</returns>
    /// <exception cref="UsageException">A setting is wrong; nothing was sent.</exception>
    public async Task<int> RunAsync(ParseResult parse)
    {
        var make = _form.Read(parse);
        var (symbol, account) = (_instrument.Text(parse), _account.Text(parse));
        var (inBase, inQuote) = (_baseDeposit.AmountOrNone(parse), _quoteDeposit.AmountOrNone(parse));
        var prefix = $"{NameOf(parse)}-{Guid.NewGuid().ToString("N")[..8]}";
        var time = TimeProvider.System;
        var printer = new AgentPrinter(GlobalOptions.IsJson(parse), time);

        using var end = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => End(signal, end));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => End(signal, end));
        using var client = GlobalOptions.Client(parse, CallLimit);
        try
        {
            var start = new AgentStart(client, printer.Print, time);
            var market = await start.FindMarketAsync(symbol, end.Token);
            account = await start.FindAccountAsync(account, end.Token)
                ?? throw new UsageException($"there is not one account {account}; 'rb agent prepare' makes one");
            var agent = Make(make, new TradingDesk(client, market, account, prefix, printer.Print));
            await PrepareAsync(start, account, (market.Base, inBase), (market.Quote, inQuote), symbol, end.Token);
            printer.Print(AgentEvent.Of(
                AgentAction.Started, $"{_form.Type} on {symbol} for {account}, orders {prefix}-1 and on"));
            return Tell(await new AgentLoop(agent, time).RunAsync(end.Token), printer);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return Tell(isWhole: true, printer); // It had not begun.
        }
    }

    private static IAgent Make(Func<TradingDesk, IAgent> make, TradingDesk desk)
    {
        try
        {
            return make(desk);
        }
        catch (ArgumentException wrong)
        {
            throw new UsageException(wrong.Message);
        }
    }

    private async Task PrepareAsync(
        AgentStart start, string account, (string Asset, decimal? Amount) first, (string Asset, decimal? Amount) second,
        string symbol, CancellationToken cancellation)
    {
        foreach (var (asset, amount) in new[] { first, second })
        {
            if (amount is > 0)
            {
                await start.FundAsync(account, asset, amount.Value, cancellation);
            }
        }

        foreach (var side in _form.Clears)
        {
            await start.ClearAsync(account, symbol, side, cancellation);
        }
    }

    private string NameOf(ParseResult parse)
    {
        var name = _name.Text(parse);
        return Name().IsMatch(name)
            ? name
            : throw new UsageException($"{_name.Option.Name} must be 1 to 12 letters, digits, . _ : or -");
    }

    /// <summary>The first signal ends it in good order, the second at once.</summary>
    private static void End(PosixSignalContext signal, CancellationTokenSource end)
    {
        signal.Cancel = !end.IsCancellationRequested;
        end.Cancel();
    }

    private static int Tell(bool isWhole, AgentPrinter printer)
    {
        printer.Print(AgentEvent.Of(AgentAction.Stopped, isWhole ? null : "its quotes may still be in the book"));
        return isWhole ? ExitCodes.Ok : ExitCodes.Unavailable;
    }

    [GeneratedRegex("^[A-Za-z0-9._:-]{1,12}$")]
    private static partial Regex Name();
}
