using System.Buffers;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Encoding;

/// <content>Commands of betting markets.</content>
public static partial class CommandCodec
{
    /// <summary>Fields of a bet.</summary>
    internal const int BetFields = 12;

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in CreateBettingMarket command)
    {
        var writer = Begin(destination, CommandKind.CreateBettingMarket, in header, fields: 9);
        writer.WriteText(command.Name);
        writer.WriteInteger((long)command.BookType);
        writer.WriteBoolean(command.IsInPlayCapable);
        writer.WriteInteger(command.Currency.Value);
        writer.WriteInteger(command.CommissionBps);
        writer.WriteInteger(command.BetDelay);
        writer.WriteInteger(command.MaxBetLiability.Units);
        writer.WriteInteger(command.MaxAccountLiability.Units);
        WriteRunners(ref writer, command.Runners);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in ChangeRunners command)
    {
        var writer = Begin(destination, CommandKind.ChangeRunners, in header, fields: 5);
        writer.WriteInteger(command.Market.Value);
        WriteRunners(ref writer, command.Added);
        WriteRunnerIds(ref writer, command.Removed);
        writer.WriteInteger(command.BatchSize);
        writer.WriteInteger(command.ExpectedVersion);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in SetBettingState command)
    {
        var writer = Begin(destination, CommandKind.SetBettingState, in header, fields: 5);
        writer.WriteInteger(command.Market.Value);
        writer.WriteInteger((long)command.State);
        writer.WriteBoolean(command.LapseBets);
        writer.WriteInteger(command.BatchSize);
        writer.WriteInteger(command.ExpectedVersion);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in SetBettingPhase command)
    {
        var writer = Begin(destination, CommandKind.SetBettingPhase, in header, fields: 4);
        writer.WriteInteger(command.Market.Value);
        writer.WriteInteger((long)command.Phase);
        writer.WriteInteger(command.BatchSize);
        writer.WriteInteger(command.ExpectedVersion);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in PlaceBet command)
    {
        if (command.Session.Value != 0)
        {
            WriteInSession(destination, in header, in command);
            return;
        }

        var writer = Begin(destination, CommandKind.PlaceBet, in header, BetFields);
        WriteBet(ref writer, in command);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in PlaceBatchWithBets command)
    {
        var isInSession = command.Session.Value != 0;
        var writer = isInSession
            ? Begin(destination, CommandKind.PlaceBatch, in header, fields: 3, SessionVersion)
            : Begin(destination, CommandKind.PlaceBatch, in header, fields: 1, MixedVersion);
        writer.WriteArrayHeader(command.Items.Count);
        for (var i = 0; i < command.Items.Count; i++)
        {
            if (command.Items[i].Bet is { } bet)
            {
                writer.WriteArrayHeader(1 + BetFields);
                writer.WriteInteger((long)CommandKind.PlaceBet);
                WriteBet(ref writer, in bet);
            }
            else
            {
                WriteItem(ref writer, command.Items[i].Order.GetValueOrDefault());
            }
        }

        if (isInSession)
        {
            writer.WriteBoolean(false);
            writer.WriteInteger(command.Session.Value);
        }

        writer.Flush();
    }

    private static void WriteBet(ref MessagePackWriter writer, in PlaceBet command)
    {
        writer.WriteInteger(command.Account.Value);
        WriteTextOrNil(ref writer, command.ClientOrderId.Bytes);
        writer.WriteInteger(command.Market.Value);
        writer.WriteInteger(command.Runner.Value);
        writer.WriteInteger((long)command.Side);
        writer.WriteInteger(command.Odds.Hundredths);
        writer.WriteInteger(command.Stake.Units);
        writer.WriteInteger((long)command.TimeInForce);
        writer.WriteInteger((long)command.Persistence);
        writer.WriteInteger((long)command.SelfTradePrevention);
        writer.WriteInteger(command.MinFill.Units);
        writer.WriteInteger(command.MarketVersion);
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in CancelBet command)
    {
        var writer = Begin(destination, CommandKind.CancelBet, in header, fields: 4);
        writer.WriteInteger(command.Account.Value);
        writer.WriteInteger(command.Bet.Value);
        WriteTextOrNil(ref writer, command.ClientOrderId.Bytes);
        writer.WriteInteger(command.Reduction.Units);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in CancelBets command)
    {
        var writer = Begin(destination, CommandKind.CancelBets, in header, fields: 4);
        writer.WriteInteger(command.Account.Value);
        writer.WriteInteger(command.Market.Value);
        writer.WriteInteger(command.Runner.Value);
        if (command.Side is { } side)
        {
            writer.WriteInteger((long)side);
        }
        else
        {
            writer.WriteNil();
        }

        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in BatchCancelBets command)
    {
        var writer = Begin(destination, CommandKind.BatchCancelBets, in header, fields: 6);
        writer.WriteInteger(command.Market.Value);
        writer.WriteInteger(command.Account.Value);
        writer.WriteInteger(command.Runner.Value);
        writer.WriteInteger(command.CreatedFrom.Microseconds);
        writer.WriteInteger(command.CreatedTo.Microseconds);
        writer.WriteInteger(command.BatchSize);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in VoidBettingTrades command)
    {
        var writer = Begin(destination, CommandKind.VoidBettingTrades, in header, fields: 4);
        writer.WriteInteger(command.Market.Value);
        writer.WriteArrayHeader(command.Trades.Count);
        for (var i = 0; i < command.Trades.Count; i++)
        {
            writer.WriteInteger(command.Trades[i].Value);
        }

        writer.WriteInteger(command.Since.Microseconds);
        writer.WriteInteger(command.BatchSize);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in SettleBettingMarket command)
    {
        var writer = Begin(destination, CommandKind.SettleBettingMarket, in header, fields: 6);
        writer.WriteInteger(command.Market.Value);
        writer.WriteInteger(command.Denominator);
        writer.WriteArrayHeader(command.Payouts.Count);
        for (var i = 0; i < command.Payouts.Count; i++)
        {
            writer.WriteArrayHeader(2);
            writer.WriteInteger(command.Payouts[i].Runner.Value);
            writer.WriteInteger(command.Payouts[i].Numerator);
        }

        WriteRunnerIds(ref writer, command.VoidRunners);
        writer.WriteInteger(command.BatchSize);
        writer.WriteInteger(command.ExpectedVersion);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in VoidBettingMarket command)
    {
        var writer = Begin(destination, CommandKind.VoidBettingMarket, in header, fields: 3);
        writer.WriteInteger(command.Market.Value);
        writer.WriteInteger(command.BatchSize);
        writer.WriteInteger(command.ExpectedVersion);
        writer.Flush();
    }

    private static void WriteRunnerIds(ref MessagePackWriter writer, IReadOnlyList<RunnerId> runners)
    {
        writer.WriteArrayHeader(runners.Count);
        for (var i = 0; i < runners.Count; i++)
        {
            writer.WriteInteger(runners[i].Value);
        }
    }

    private static void WriteRunners(ref MessagePackWriter writer, IReadOnlyList<RunnerName> runners)
    {
        writer.WriteArrayHeader(runners.Count);
        for (var i = 0; i < runners.Count; i++)
        {
            writer.WriteArrayHeader(2);
            writer.WriteInteger(runners[i].Id.Value);
            writer.WriteText(runners[i].Name);
        }
    }
}
