using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Encoding;

/// <content>Commands of betting markets.</content>
internal static partial class CommandReader
{
    private static int FieldsOfBetting(CommandKind kind) => kind switch
    {
        CommandKind.CreateBettingMarket => 9,
        CommandKind.VoidBettingMarket => 3,
        CommandKind.ChangeRunners or CommandKind.SetBettingState => 5,
        CommandKind.PlaceBet => CommandCodec.BetFields,
        CommandKind.BatchCancelBets or CommandKind.SettleBettingMarket => 6,
        _ => 4,
    };

    /// <summary>Reads the content of a CreateBettingMarket.</summary>
    public static bool TryRead(ref MessagePackReader reader, out CreateBettingMarket command)
    {
        command = default;
        if (!TryReadPrintable(ref reader, out var name)
            || !TryReadEnum(ref reader, BettingBookType.MultiRunner, out var bookType)
            || !(reader.TryReadBoolean(out var isInPlayCapable) & TryReadInt32(ref reader, out var currency)
                & TryReadInt32(ref reader, out var commission) & reader.TryReadInteger(out var delay)
                & reader.TryReadInteger(out var maxBet) & reader.TryReadInteger(out var maxAccount))
            || !TryReadRunners(ref reader, out var runners))
        {
            return false;
        }

        command = new CreateBettingMarket(
            name, bookType, isInPlayCapable, new AssetId(currency), commission, delay, new Amount(maxBet),
            new Amount(maxAccount), runners);
        return reader.IsAtEnd;
    }

    /// <summary>Reads the content of a ChangeRunners.</summary>
    public static bool TryRead(ref MessagePackReader reader, out ChangeRunners command)
    {
        command = default;
        if (!TryReadInt32(ref reader, out var market) || !TryReadRunners(ref reader, out var added)
            || !TryReadRunnerIds(ref reader, out var removed))
        {
            return false;
        }

        var isRead = TryReadInt32(ref reader, out var batch) & reader.TryReadInteger(out var version);
        command = new ChangeRunners(new BettingMarketId(market), added, removed, batch, version);
        return isRead && reader.IsAtEnd;
    }

    /// <summary>Reads the content of a SetBettingState.</summary>
    public static bool TryRead(ref MessagePackReader reader, out SetBettingState command)
    {
        var isRead = TryReadInt32(ref reader, out var market)
            & TryReadEnum(ref reader, BettingMarketState.Closed, out var state)
            & reader.TryReadBoolean(out var lapses) & TryReadInt32(ref reader, out var batch)
            & reader.TryReadInteger(out var version);
        command = new SetBettingState(new BettingMarketId(market), state, lapses, batch, version);
        return isRead && reader.IsAtEnd;
    }

    /// <summary>Reads the content of a SetBettingPhase.</summary>
    public static bool TryRead(ref MessagePackReader reader, out SetBettingPhase command)
    {
        var isRead = TryReadInt32(ref reader, out var market)
            & TryReadEnum(ref reader, BettingPhase.InPlay, out var phase) & TryReadInt32(ref reader, out var batch)
            & reader.TryReadInteger(out var version);
        command = new SetBettingPhase(new BettingMarketId(market), phase, batch, version);
        return isRead && reader.IsAtEnd;
    }

    /// <summary>Reads the items of a PlaceBatch that may have bets; keeps as many of them as fit.</summary>
    /// <param name="reader">At the content.</param>
    /// <param name="orders">Receives the orders, each at the place it has in the batch.</param>
    /// <param name="bets">Receives the bets, likewise.</param>
    /// <param name="areBets">Receives which of the places are bets.</param>
    /// <param name="count">How many items there are.</param>
    public static bool TryReadMixedBatch(
        ref MessagePackReader reader, Span<OrderTicket> orders, Span<BetTicket> bets, Span<bool> areBets,
        out int count)
    {
        if (!reader.TryReadArrayHeader(out count))
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            OrderTicket surplusOrder = default;
            BetTicket surplusBet = default;
            ref var order = ref i < orders.Length ? ref orders[i] : ref surplusOrder;
            ref var bet = ref i < bets.Length ? ref bets[i] : ref surplusBet;
            if (!reader.TryReadArrayHeader(out var fields) || !reader.TryReadInteger(out var kind))
            {
                return false;
            }

            var isBet = kind == (long)CommandKind.PlaceBet;
            if (isBet
                ? fields != 1 + CommandCodec.BetFields || !TryReadBetFields(ref reader, out bet)
                : kind != (long)CommandKind.PlaceOrder
                    || fields != 1 + CommandCodec.OrderFields + CommandCodec.OptionFields
                    || !TryReadOrder(ref reader, version: 2, out order))
            {
                return false;
            }

            if (i < areBets.Length)
            {
                areBets[i] = isBet;
            }
        }

        return true;
    }

    /// <summary>Reads the content of a PlaceBet.</summary>
    public static bool TryReadBet(ref MessagePackReader reader, int version, out BetTicket bet) =>
        TryReadBetFields(ref reader, out bet)
        && (version != CommandCodec.SessionVersion || TryReadSession(ref reader, out bet.Session)) && reader.IsAtEnd;

    private static bool TryReadBetFields(ref MessagePackReader reader, out BetTicket bet)
    {
        bet = default;
        return reader.TryReadInteger(out bet.Account)
            && TryReadName(ref reader, ClientOrderId.MaxLength, out var name)
            && (name.IsEmpty || ClientOrderId.TryCreate(name, out bet.ClientOrderId))
            && TryReadInt32(ref reader, out bet.Market)
            && TryReadInt32(ref reader, out bet.Runner)
            && TryReadEnum(ref reader, BetSide.Lay, out bet.Side)
            && TryReadInt32(ref reader, out bet.Odds)
            && reader.TryReadInteger(out bet.Stake)
            && TryReadEnum(ref reader, TimeInForce.GoodTilDate, out bet.TimeInForce)
            && TryReadEnum(ref reader, Persistence.Persist, out bet.Persistence)
            && TryReadEnum(ref reader, SelfTradePrevention.None, out bet.SelfTradePrevention)
            && reader.TryReadInteger(out bet.MinFill)
            && reader.TryReadInteger(out bet.MarketVersion);
    }

    /// <summary>Reads the content of a CancelBet.</summary>
    public static bool TryReadCancelBet(
        scoped ref MessagePackReader reader, out long account, out long bet, out ReadOnlySpan<byte> clientOrderId,
        out long reduction)
    {
        clientOrderId = default;
        reduction = 0;
        return reader.TryReadInteger(out account) & reader.TryReadInteger(out bet)
            && TryReadName(ref reader, ClientOrderId.MaxLength, out clientOrderId)
            && reader.TryReadInteger(out reduction) && reader.IsAtEnd;
    }

    /// <summary>Reads the content of a CancelBets.</summary>
    public static bool TryRead(ref MessagePackReader reader, out CancelBets command)
    {
        command = default;
        if (!(reader.TryReadInteger(out var account) & TryReadInt32(ref reader, out var market)
            & TryReadInt32(ref reader, out var runner)))
        {
            return false;
        }

        BetSide? side = null;
        if (!reader.TryReadNil())
        {
            if (!TryReadEnum(ref reader, BetSide.Lay, out var given))
            {
                return false;
            }

            side = given;
        }

        command = new CancelBets(
            new AccountId(account), new BettingMarketId(market), new RunnerId(runner), side);
        return reader.IsAtEnd;
    }

    /// <summary>Reads the content of a BatchCancelBets.</summary>
    public static bool TryRead(ref MessagePackReader reader, out BatchCancelBets command)
    {
        var isRead = TryReadInt32(ref reader, out var market) & reader.TryReadInteger(out var account)
            & TryReadInt32(ref reader, out var runner) & reader.TryReadInteger(out var from)
            & reader.TryReadInteger(out var to) & TryReadInt32(ref reader, out var batch);
        command = new BatchCancelBets(
            new BettingMarketId(market), new AccountId(account), new RunnerId(runner), new Timestamp(from),
            new Timestamp(to), batch);
        return isRead && reader.IsAtEnd;
    }

    /// <summary>Reads the content of a VoidBettingTrades.</summary>
    public static bool TryRead(ref MessagePackReader reader, out VoidBettingTrades command)
    {
        command = default;
        if (!TryReadInt32(ref reader, out var market) || !reader.TryReadArrayHeader(out var count))
        {
            return false;
        }

        var trades = new TradeId[count];
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadInteger(out var id))
            {
                return false;
            }

            trades[i] = new TradeId(id);
        }

        var isRead = reader.TryReadInteger(out var since) & TryReadInt32(ref reader, out var batch);
        command = new VoidBettingTrades(new BettingMarketId(market), trades, new Timestamp(since), batch);
        return isRead && reader.IsAtEnd;
    }

    /// <summary>Reads the content of a SettleBettingMarket.</summary>
    public static bool TryRead(ref MessagePackReader reader, out SettleBettingMarket command)
    {
        command = default;
        if (!(TryReadInt32(ref reader, out var market) & reader.TryReadInteger(out var denominator))
            || !TryReadPayouts(ref reader, out var payouts) || !TryReadRunnerIds(ref reader, out var voids))
        {
            return false;
        }

        var isRead = TryReadInt32(ref reader, out var batch) & reader.TryReadInteger(out var version);
        command = new SettleBettingMarket(
            new BettingMarketId(market), denominator, payouts, voids, batch, version);
        return isRead && reader.IsAtEnd;
    }

    /// <summary>Reads the content of a VoidBettingMarket.</summary>
    public static bool TryRead(ref MessagePackReader reader, out VoidBettingMarket command)
    {
        var isRead = TryReadInt32(ref reader, out var market) & TryReadInt32(ref reader, out var batch)
            & reader.TryReadInteger(out var version);
        command = new VoidBettingMarket(new BettingMarketId(market), batch, version);
        return isRead && reader.IsAtEnd;
    }

    private static bool TryReadPayouts(ref MessagePackReader reader, out RunnerPayout[] payouts)
    {
        payouts = [];
        if (!reader.TryReadArrayHeader(out var count))
        {
            return false;
        }

        payouts = new RunnerPayout[count];
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadArrayHeader(out var fields) || fields != 2
                || !TryReadInt32(ref reader, out var runner) || !reader.TryReadInteger(out var numerator))
            {
                return false;
            }

            payouts[i] = new RunnerPayout(new RunnerId(runner), numerator);
        }

        return true;
    }

    private static bool TryReadRunnerIds(ref MessagePackReader reader, out RunnerId[] runners)
    {
        runners = [];
        if (!reader.TryReadArrayHeader(out var count))
        {
            return false;
        }

        runners = new RunnerId[count];
        for (var i = 0; i < count; i++)
        {
            if (!TryReadInt32(ref reader, out var runner))
            {
                return false;
            }

            runners[i] = new RunnerId(runner);
        }

        return true;
    }

    private static bool TryReadRunners(ref MessagePackReader reader, out RunnerName[] runners)
    {
        runners = [];
        if (!reader.TryReadArrayHeader(out var count))
        {
            return false;
        }

        runners = new RunnerName[count];
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadArrayHeader(out var fields) || fields != 2
                || !TryReadInt32(ref reader, out var runner) || !TryReadPrintable(ref reader, out var name))
            {
                return false;
            }

            runners[i] = new RunnerName(new RunnerId(runner), name);
        }

        return true;
    }

    /// <summary>Reads a name; one that may not be a name comes out empty.</summary>
    private static bool TryReadPrintable(ref MessagePackReader reader, out string name)
    {
        var isRead = reader.TryReadText(out var text);
        name = isRead && TextRules.IsText(text) ? System.Text.Encoding.ASCII.GetString(text) : "";
        return isRead;
    }
}
