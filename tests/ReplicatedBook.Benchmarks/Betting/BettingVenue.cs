using System.Buffers;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Benchmarks.Betting;

/// <summary>An exchange with one market of two runners and 1,000 rich accounts of one user: half of them bet for the
/// first runner, half against it.</summary>
internal sealed class BettingVenue
{
    public const int AccountsPerSide = 500;
    private const long Funds = 4_000_000_000_000_000;

    private readonly ArrayBufferWriter<byte> _command = new();
    private readonly ArrayBufferWriter<byte> _result = new();

    public BettingVenue()
    {
        Do((in CommandHeader h) => CommandCodec.Write(_command, in h, new SetFeatureLevel(FeatureLevels.Supported)));
        Do((in CommandHeader h) => CommandCodec.Write(_command, in h, new CreateAsset("EUR", 4)));
        for (var account = 1; account <= 2 * AccountsPerSide; account++)
        {
            var id = new AccountId(account);
            Do((in CommandHeader h) => CommandCodec.Write(_command, in h, new CreateAccount("")));
            Do((in CommandHeader h) => CommandCodec.Write(
                _command, in h, new Deposit(id, new AssetId(1), new Amount(Funds), "")));
        }

        var market = new CreateBettingMarket(
            "match", BettingBookType.TwoRunner, false, new AssetId(1), 200, 0, default, default,
            [new RunnerName(new RunnerId(1), "Home"), new RunnerName(new RunnerId(2), "Away")]);
        Do((in CommandHeader h) => CommandCodec.Write(_command, in h, in market));
    }

    private delegate void WriteCommand(in CommandHeader header);

    public Exchange Exchange { get; } = new(new ExchangeLimits());

    public EventBuffer Events { get; } = new();

    /// <summary>Id of the last bet before this pass; none but bets take ids.</summary>
    public long BetsBefore { get; private set; }

    /// <summary>Cancels all that is left of the last pass.</summary>
    /// <param name="bets">How many bets a pass has.</param>
    public void StartPass(int bets)
    {
        BetsBefore += Exchange.ClosedBets(default, default, 1).Count == 0 && Exchange.OpenBets(
            new BettingMarketId(1)).Count == 0 ? 0 : bets;
        foreach (var bet in Exchange.OpenBets(new BettingMarketId(1)))
        {
            Begin();
            Exchange.CancelBet(default, default, bet.Id.Value, 0);
        }
    }

    /// <summary>Starts an entry.</summary>
    public void Begin()
    {
        Events.Clear();
        Exchange.Begin(
            Exchange.AppliedIndex + 1, new Timestamp(1_800_000_000_000_000 + Exchange.AppliedIndex), Events);
    }

    /// <summary>Carries an operation out in the entry that was started.</summary>
    public void Apply(in BettingOperation operation, ref BetTicket ticket)
    {
        if (operation.Cancels != 0)
        {
            Exchange.CancelBet(default, default, BetsBefore + operation.Cancels, 0);
            return;
        }

        ticket.Account = operation.Account;
        ticket.Market = 1;
        ticket.Runner = operation.Runner;
        ticket.Side = operation.Side;
        ticket.Odds = operation.Odds;
        ticket.Stake = operation.Stake;
        Exchange.PlaceBet(default, in ticket);
    }

    private void Do(WriteCommand write)
    {
        _command.ResetWrittenCount();
        _result.ResetWrittenCount();
        write(default);
        var applied = Exchange.Apply(
            Exchange.AppliedIndex + 1, new Timestamp(1_800_000_000_000_000 + Exchange.AppliedIndex),
            _command.WrittenSpan, Events, _result);
        if (applied.Reason != RejectReason.None)
        {
            throw new InvalidOperationException($"setting up failed: {applied.Reason}");
        }
    }
}
