using ReplicatedBook.Benchmarks.Matching;
using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Benchmarks.Betting;

/// <summary>W7 of MATCHING.md 2.4: as W1 (60% passive, 30% cancels of bets that rest, 10% aggressive, about 4,700
/// open), on the claim of a market of two runners; each bet is on one or the other runner with equal chance, so that
/// half of all trades are implied.</summary>
internal sealed class BettingWorkload
{
    private const int Middle = 99; // Odds of 2.00.
    private const int Reach = 20;

    private readonly Xoroshiro128Plus _random = new(7, 77);
    private readonly List<int> _live = [];
    private readonly List<BettingOperation> _operations = [];
    private readonly TallySink _trades = new();
    private readonly int[] _inverse = MakeInverse();
    private int _middle = Middle;
    private BetTicket _ticket;

    private BettingWorkload(int operations)
    {
        var venue = new BettingVenue();
        venue.StartPass(0);
        for (var i = 0; i < operations; i++)
        {
            if (i % 50 == 0)
            {
                _middle = Math.Clamp(_middle + _random.Below(10) switch { < 3 => 1, < 6 => -1, _ => 0 }, 79, 119);
            }

            var operation = Draw(venue);
            venue.Begin();
            venue.Apply(in operation, ref _ticket);
            EventCodec.Read(venue.Events.Bytes, _trades);
            _operations.Add(operation);
            if (operation.Cancels == 0)
            {
                _live.Add(++Bets);
            }
        }

        (Trades, Implied) = (_trades.BetTrades, _trades.ImpliedBetTrades);
    }

    public BettingOperation[] Operations => [.. _operations];

    /// <summary>How many of the operations are bets.</summary>
    public int Bets { get; private set; }

    public long Trades { get; }

    /// <summary>How many of the trades are between bets on different runners.</summary>
    public long Implied { get; }

    public static BettingWorkload Draw(int operations) => new(operations);

    private BettingOperation Draw(BettingVenue venue)
    {
        var draw = _random.Below(10);
        if (draw < 3 && TryDrawLive(venue, out var bet))
        {
            return new BettingOperation(bet, default, 0, 0, 0, 0);
        }

        var isFor = _random.Below(2) == 0;
        var isPassive = draw < 9;
        var distance = isPassive
            ? Math.Min(60, 1 + (int)(-Math.Log(1 - _random.Unit()) * 15))
            : -10;
        var parts = isPassive ? 1 + _random.Below(100) : 1 + _random.Below((int)(3.0 * _live.Count / 5_000 * 100) + 1);
        var place = Math.Clamp(_middle + (isFor ? distance : -distance), Reach, 250);
        var account = 1 + _random.Below(BettingVenue.AccountsPerSide) + (isFor ? 0 : BettingVenue.AccountsPerSide);
        return _random.Below(2) == 0
            ? Bet(isFor ? BetSide.Back : BetSide.Lay, 1, place, parts, account)
            : Bet(isFor ? BetSide.Lay : BetSide.Back, 2, _inverse[place], parts, account);
    }

    private static BettingOperation Bet(BetSide side, int runner, int place, int parts, int account) => new(
        0, side, runner, OddsLadder.At(place).Hundredths, 100L * parts, account);

    private bool TryDrawLive(BettingVenue venue, out int bet)
    {
        while (_live.Count > 0)
        {
            var i = _random.Below(_live.Count);
            bet = _live[i];
            (_live[i], _live[^1]) = (_live[^1], _live[i]);
            _live.RemoveAt(_live.Count - 1);
            if (venue.Exchange.FindBet(new OrderId(bet)) is { Status: OrderStatus.Open })
            {
                return true;
            }
        }

        bet = 0;
        return false;
    }

    /// <summary>Of every odds on the first runner, those on the second that are next to their inverse.</summary>
    private static int[] MakeInverse()
    {
        var inverse = new int[OddsLadder.Count];
        for (var place = 0; place < inverse.Length; place++)
        {
            var rank = ClaimLadder.SharedRank(0, place);
            while (inverse[place] + 1 < inverse.Length && ClaimLadder.SharedRank(1, inverse[place] + 1) <= rank)
            {
                inverse[place]++;
            }
        }

        return inverse;
    }
}
