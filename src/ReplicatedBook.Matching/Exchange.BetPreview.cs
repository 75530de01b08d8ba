using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching;

/// <content>What would become of a bet.</content>
public sealed partial class Exchange
{
    /// <summary>Says what would become of a bet on the state as it is; changes nothing. What has come due since the
    /// last command still counts.</summary>
    /// <param name="command">A <see cref="Commands.PlaceBet"/> as CommandCodec writes it; its key and deadline are not
    /// looked at.</param>
    public BetPreview PreviewBet(ReadOnlySpan<byte> command)
    {
        var reader = new MessagePackReader(command);
        if (!CommandReader.TryReadHeader(ref reader, out var kind, out var header) || kind != CommandKind.PlaceBet
            || !CommandReader.TryReadBet(ref reader, header.Version, out var ticket))
        {
            return new BetPreview { Reason = RejectReason.MalformedCommand };
        }

        if (LevelOf(header.Version, (int)kind) > FeatureLevel)
        {
            return new BetPreview { Reason = RejectReason.FeatureDisabled };
        }

        var reason = ResolveBet(header.User, in ticket, out var account, out var market, out var runner, out var known);
        if (known != 0)
        {
            return new BetPreview { Reason = reason, Existing = FindBet(new OrderId(known)) };
        }

        reason = reason == RejectReason.None ? CheckBet(account, market!, runner, in ticket) : reason;
        return reason == RejectReason.None ? Preview(account, market!, runner, in ticket)
            : reason != RejectReason.InsufficientFunds ? new BetPreview { Reason = reason }
            : new BetPreview
            {
                Reason = reason,
                Needed = new Amount(_shortfall.Needed),
                Available = new Amount(_shortfall.Available),
                FundsAsset = new AssetId(_shortfall.Asset),
            };
    }

    private BetPreview Preview(int account, BettingMarket market, int runner, in BetTicket ticket)
    {
        Bet bet = default;
        Fill(ref bet, account, market, runner, in ticket);
        List<BetPreviewFill> fills = [];
        if (bet.Status == OrderStatus.Pending)
        {
            return Preview(in bet, fills, StatusReason.None);
        }

        var end = StatusReason.None;
        if (market.BookOrNull(runner) is { } book)
        {
            PlaceOnLadder(ref bet, market);
            var side = market.SideOf(runner, bet.Side);
            end = bet.TimeInForce == TimeInForce.FillOrKill && !CanFill(in bet, market, book, side)
                ? StatusReason.FillOrKill
                : Rehearse(ref bet, market, book, side, fills);
        }

        return Preview(in bet, fills, end == StatusReason.None ? EndOfRest(in bet, market) : end);
    }

    private static BetPreview Preview(in Bet bet, List<BetPreviewFill> fills, StatusReason end)
    {
        var isOpen = end == StatusReason.None && bet.Remaining > 0;
        return new BetPreview
        {
            Reason = RejectReason.None,
            Fills = fills,
            Status = isOpen ? bet.Status : end == StatusReason.None ? OrderStatus.Filled : StatusOf(end),
            StatusReason = end,
            Remaining = new Amount(isOpen ? bet.Remaining : 0),
            Reserved = new Amount(isOpen ? bet.Risk : 0),
        };
    }

    /// <summary>As <see cref="Sweep"/>, but with copies of the makers.</summary>
    private StatusReason Rehearse(
        ref Bet taker, BettingMarket market, BetBook book, Side side, List<BetPreviewFill> fills)
    {
        ref var levels = ref book.Levels(OrderBook.Opposite(side));
        var (worst, place) = (book.Mirrored(taker.Key), OrderBook.FromBest);
        for (var level = levels.Next(ref place); level >= worst; level = levels.Next(ref place))
        {
            for (var slot = levels[level].Oldest; slot >= 0; slot = _bets[slot].Next)
            {
                var maker = _bets[slot];
                var end = Rehearse(ref taker, ref maker, market, fills);
                if (end != StatusReason.None || taker.Remaining < market.StakeStep)
                {
                    return end;
                }
            }
        }

        return StatusReason.None;
    }

    /// <summary>What a bet does with one maker, until one of the two has nothing left to match.</summary>
    private static StatusReason Rehearse(
        ref Bet taker, ref Bet maker, BettingMarket market, List<BetPreviewFill> fills)
    {
        var isOwn = maker.Account == taker.Account && taker.SelfTradePrevention != SelfTradePrevention.None;
        if (isOwn && taker.SelfTradePrevention == SelfTradePrevention.CancelMaker)
        {
            return StatusReason.None;
        }

        if (isOwn && taker.SelfTradePrevention != SelfTradePrevention.Decrement)
        {
            return StatusReason.SelfTrade;
        }

        while (maker.Remaining >= market.StakeStep && taker.Remaining >= market.StakeStep)
        {
            var parts = PartsOf(in maker, in taker, taker.Remaining);
            if (parts == 0)
            {
                return StatusReason.Dust;
            }

            var (stake, liability) = (
                parts * OddsTerms.Grain(maker.OddsPosition), parts * OddsTerms.Gain(maker.OddsPosition));
            var isImplied = maker.Runner != taker.Runner;
            var (own, against) = isImplied ? (liability, stake) : (stake, liability);
            maker.Remaining -= stake;
            taker.Remaining -= own;
            if (!isOwn)
            {
                Add(fills, new BetPreviewFill(new Odds(maker.Odds), isImplied, new Amount(own), new Amount(against)));
            }
            else if (taker.Remaining < market.StakeStep)
            {
                return StatusReason.SelfTrade;
            }
        }

        return StatusReason.None;
    }

    /// <summary>Adds up what is matched at one price of one runner.</summary>
    private static void Add(List<BetPreviewFill> fills, BetPreviewFill fill)
    {
        for (var i = fills.Count - 1; i >= 0; i--)
        {
            if (fills[i].Odds == fill.Odds && fills[i].IsImplied == fill.IsImplied)
            {
                fills[i] = fill with
                {
                    Stake = new Amount(fills[i].Stake.Units + fill.Stake.Units),
                    Liability = new Amount(fills[i].Liability.Units + fill.Liability.Units),
                };
                return;
            }
        }

        fills.Add(fill);
    }
}
