using System.Numerics;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>A market of two runners too simple to be wrong: a list searched from end to end, exact fractions, no
/// ladder. It knows placing, canceling and reducing.</summary>
internal sealed class NaiveTwoRunner(int accounts, BigInteger funds)
{
    private const int Step = 100;

    private readonly BigInteger[] _available = [.. Enumerable.Repeat(funds, accounts + 1)];

    public List<NaiveBet> Resting { get; private init; } = [];

    /// <summary>Every trade as a text.</summary>
    public List<string> Trades { get; } = [];

    /// <summary>What each account gets if the first or the second runner wins.</summary>
    public BigInteger[,] Claims { get; } = new BigInteger[accounts + 1, 2];

    public BigInteger Available(int account) => _available[account];

    public BigInteger Reserved(int account) => Resting.Where(bet => AccountOf(bet) == account)
        .Aggregate(BigInteger.Zero, (sum, bet) => sum + bet.Risk);

    /// <returns>False when there is not enough money; then nothing happened.</returns>
    public bool Place(NaiveBet bet)
    {
        var account = AccountOf(bet);
        if (bet.Risk > _available[account])
        {
            return false;
        }

        _available[account] -= bet.Risk;
        var isKilled = bet.Given.TimeInForce == TimeInForce.FillOrKill && !WouldFill(bet);
        var ends = isKilled || Match(bet, Trades, isRehearsal: false);
        if (bet.Remaining >= Step && !ends && bet.Given.TimeInForce == TimeInForce.GoodTilCanceled)
        {
            Resting.Add(bet);
        }
        else
        {
            _available[account] += bet.Risk;
        }

        return true;
    }

    public void Cancel(long id)
    {
        var bet = Resting.Single(bet => bet.Id == id);
        _available[AccountOf(bet)] += bet.Risk;
        Resting.Remove(bet);
    }

    public void Reduce(long id, long stake)
    {
        var bet = Resting.Single(bet => bet.Id == id);
        Take(bet, stake, 0);
    }

    private static int AccountOf(NaiveBet bet) => (int)bet.Given.Account.Value;

    private bool WouldFill(NaiveBet bet)
    {
        var rehearsal = new NaiveTwoRunner(accounts, 0) { Resting = [.. Resting.Select(resting => resting with { })] };
        var copy = bet with { };
        rehearsal.Match(copy, [], isRehearsal: true);
        return bet.Given.MinFill.Units != 0
            ? bet.Remaining - copy.Remaining >= bet.Given.MinFill.Units
            : copy.Remaining < Step;
    }

    /// <returns>Whether it ends here whatever is left of it.</returns>
    private bool Match(NaiveBet taker, List<string> trades, bool isRehearsal)
    {
        while (taker.Remaining >= Step && Best(taker) is { } maker)
        {
            var isImplied = maker.Given.Runner != taker.Given.Runner;
            var (stake, liability) = Largest(maker, taker, isImplied);
            if (AccountOf(maker) == AccountOf(taker)
                && taker.Given.SelfTradePrevention is var mode and not SelfTradePrevention.None)
            {
                if (Prevent(maker, taker, isImplied ? liability : stake, stake, mode, isRehearsal))
                {
                    return true;
                }

                continue;
            }

            if (stake == 0)
            {
                return true;
            }

            var makerPart = maker.Given.Side == BetSide.Back ? stake : liability;
            var takerPart = stake + liability - makerPart;
            Claims[AccountOf(maker), maker.IsForFirst ? 0 : 1] += stake + liability;
            Claims[AccountOf(taker), taker.IsForFirst ? 0 : 1] += stake + liability;
            Take(maker, stake, makerPart);
            Take(taker, isImplied ? liability : stake, takerPart);
            maker.Matched += stake;
            taker.Matched += isImplied ? liability : stake;
            trades.Add($"{maker.Id} {taker.Id} {stake} {makerPart} {takerPart}");
            if (maker.Remaining < Step)
            {
                _available[AccountOf(maker)] += maker.Risk;
                Resting.Remove(maker);
            }
        }

        return false;
    }

    private bool Prevent(
        NaiveBet maker, NaiveBet taker, BigInteger takerStake, BigInteger stake, SelfTradePrevention mode,
        bool isRehearsal)
    {
        if (isRehearsal && mode != SelfTradePrevention.CancelMaker)
        {
            return true;
        }

        if (mode == SelfTradePrevention.Decrement)
        {
            if (stake == 0)
            {
                return true;
            }

            Take(maker, stake, 0);
            Take(taker, takerStake, 0);
            if (maker.Remaining < Step)
            {
                Cancel(maker.Id);
            }

            return taker.Remaining < Step;
        }

        if (mode != SelfTradePrevention.CancelTaker)
        {
            Cancel(maker.Id);
        }

        return mode != SelfTradePrevention.CancelMaker;
    }

    /// <summary>Takes stake off a bet; of what it no longer needs, a part is paid and the rest given back.</summary>
    private void Take(NaiveBet bet, BigInteger stake, BigInteger paid)
    {
        var before = bet.Risk;
        bet.Remaining -= stake;
        var back = before - bet.Risk - paid;
        Assert.True(back >= 0, "a reservation covers what is paid");
        _available[AccountOf(bet)] += back;
    }

    private NaiveBet? Best(NaiveBet taker)
    {
        NaiveBet? best = null;
        foreach (var bet in Resting.Where(bet => bet.IsForFirst != taker.IsForFirst))
        {
            var sign = taker.IsForFirst ? 1 : -1; // The cheapest is best for a buyer, the dearest for a seller.
            if (sign * NaiveBet.Compare(bet, taker) > 0)
            {
                continue;
            }

            var order = best is null ? -1 : sign * NaiveBet.Compare(bet, best);
            if (order < 0 || (order == 0 && bet.Id < best!.Id))
            {
                best = bet;
            }
        }

        return best;
    }

    /// <summary>The largest stake of the maker that both have and whose liability is whole.</summary>
    private static (BigInteger Stake, BigInteger Liability) Largest(NaiveBet maker, NaiveBet taker, bool isImplied)
    {
        var gain = maker.Odds - 100;
        var most = BigInteger.Min(maker.Remaining, isImplied ? taker.Remaining * 100 / gain : taker.Remaining);
        while (most * gain % 100 != 0)
        {
            most--;
        }

        return (most, most * gain / 100);
    }
}
