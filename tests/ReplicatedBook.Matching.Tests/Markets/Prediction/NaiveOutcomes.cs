using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Markets.Prediction;

/// <summary>A market of yes and no too simple to be wrong: no book, no other side, one list that is searched from end
/// to end, and a line for each of the four meetings. No fees; a share pays 100.</summary>
internal sealed class NaiveOutcomes(int accounts, long funds)
{
    private const long Payout = 100;

    private readonly long[] _yes = new long[accounts + 1];
    private readonly long[] _no = new long[accounts + 1];
    private readonly long[] _money = [.. Enumerable.Repeat(funds, accounts + 1)];
    private long _lastId;
    private long _arrivals;

    public List<NaiveOffer> Open { get; } = [];

    /// <summary>Trades of the last command: maker, lots, and what the taker's outcome cost.</summary>
    public List<(long Maker, long Lots, long Price)> Trades { get; } = [];

    public long Pool { get; private set; }

    public (long Money, long Yes, long No) Has(int account) => (_money[account], _yes[account], _no[account]);

    public long FreeMoney(int account) =>
        _money[account] - Open.Where(o => o.Account == account && o.Buys).Sum(o => o.Price * o.Lots);

    public long FreeShares(int account, bool yes) => (yes ? _yes : _no)[account]
        - Open.Where(o => o.Account == account && !o.Buys && o.Yes == yes).Sum(o => o.Lots);

    public RejectReason Split(int account, long sets)
    {
        if (FreeMoney(account) < sets * Payout)
        {
            return RejectReason.InsufficientFunds;
        }

        Mint(account, account, sets, sets * Payout, 0);
        return RejectReason.None;
    }

    public RejectReason Merge(int account, long sets)
    {
        if (Math.Min(FreeShares(account, true), FreeShares(account, false)) < sets)
        {
            return RejectReason.InsufficientFunds;
        }

        Burn(account, account, sets, sets * Payout, 0);
        return RejectReason.None;
    }

    public RejectReason Place(NaiveOffer offer, TimeInForce timeInForce)
    {
        Trades.Clear();
        if (offer.PostOnly && Open.Exists(o => Meet(offer, o)))
        {
            return RejectReason.PostOnlyWouldTake;
        }

        if (offer.Buys
            ? FreeMoney(offer.Account) < offer.Price * offer.Lots
            : FreeShares(offer.Account, offer.Yes) < offer.Lots)
        {
            return RejectReason.InsufficientFunds;
        }

        offer.Id = ++_lastId;
        if (timeInForce != TimeInForce.FillOrKill || CanFill(offer))
        {
            Match(offer);
        }

        if (offer.Lots > 0 && !offer.IsStopped && timeInForce == TimeInForce.GoodTilCanceled)
        {
            Rest(offer);
        }

        return RejectReason.None;
    }

    public RejectReason Amend(int account, long id, long price, long quantity)
    {
        Trades.Clear();
        if (Open.Find(o => o.Id == id && o.Account == account) is not { } offer)
        {
            return id >= 1 && id <= _lastId ? RejectReason.OrderNotOpen : RejectReason.OrderNotFound;
        }

        if (price == 0 && quantity == 0)
        {
            return RejectReason.NothingToAmend;
        }

        price = price == 0 ? offer.Price : price;
        quantity = quantity == 0 ? offer.Filled + offer.Lots : quantity;
        if (quantity <= offer.Filled)
        {
            Open.Remove(offer);
            return RejectReason.None;
        }

        var lots = quantity - offer.Filled;
        if (price == offer.Price && lots == offer.Lots)
        {
            return RejectReason.None;
        }

        Open.Remove(offer);
        var wouldTake = offer.PostOnly && Open.Exists(o => Meet(offer with { Price = price }, o));
        var lacks = offer.Buys
            ? FreeMoney(account) < price * lots
            : FreeShares(account, offer.Yes) < lots;
        if (wouldTake || lacks)
        {
            Open.Add(offer);
            return wouldTake ? RejectReason.PostOnlyWouldTake : RejectReason.InsufficientFunds;
        }

        var keepsItsPlace = price == offer.Price && lots < offer.Lots;
        (offer.Price, offer.Lots, offer.IsStopped) = (price, lots, false);
        if (keepsItsPlace)
        {
            Open.Add(offer);
            return RejectReason.None;
        }

        Match(offer);
        if (offer.Lots > 0 && !offer.IsStopped)
        {
            Rest(offer);
        }

        return RejectReason.None;
    }

    public RejectReason Cancel(int account, long id) =>
        Open.RemoveAll(o => o.Id == id && o.Account == account) == 1 ? RejectReason.None
            : id >= 1 && id <= _lastId ? RejectReason.OrderNotOpen
            : RejectReason.OrderNotFound;

    private static bool Meet(NaiveOffer a, NaiveOffer b) =>
        a.Yes == b.Yes
            ? a.Buys != b.Buys && (a.Buys ? a.Price >= b.Price : a.Price <= b.Price)
            : a.Buys == b.Buys && (a.Buys ? a.Price + b.Price >= Payout : a.Price + b.Price <= Payout);

    /// <summary>What the one's outcome costs when it meets the other at the other's price.</summary>
    private static long PriceFor(NaiveOffer taker, NaiveOffer maker) =>
        taker.Yes == maker.Yes ? maker.Price : Payout - maker.Price;

    private IEnumerable<NaiveOffer> InLine(NaiveOffer taker) => Open.Where(o => Meet(taker, o))
        .OrderBy(o => taker.Buys ? PriceFor(taker, o) : -PriceFor(taker, o)).ThenBy(o => o.Arrival);

    private bool CanFill(NaiveOffer taker)
    {
        var wanted = taker.Lots;
        foreach (var maker in InLine(taker))
        {
            if (maker.Account != taker.Account || taker.Stp == SelfTradePrevention.None)
            {
                wanted -= maker.Lots;
            }
            else if (taker.Stp != SelfTradePrevention.CancelMaker)
            {
                break;
            }
        }

        return wanted <= 0;
    }

    private void Rest(NaiveOffer offer)
    {
        offer.Arrival = ++_arrivals;
        Open.Add(offer);
    }

    private void Match(NaiveOffer taker)
    {
        while (taker.Lots > 0 && !taker.IsStopped && InLine(taker).FirstOrDefault() is { } maker)
        {
            var lots = Math.Min(taker.Lots, maker.Lots);
            if (maker.Account == taker.Account && taker.Stp != SelfTradePrevention.None)
            {
                PreventSelfTrade(taker, maker, lots);
                continue;
            }

            Trade(taker, maker, lots, PriceFor(taker, maker));
            taker.Lots -= lots;
            taker.Filled += lots;
            maker.Lots -= lots;
            maker.Filled += lots;
            Open.RemoveAll(o => o.Lots == 0);
        }
    }

    private void PreventSelfTrade(NaiveOffer taker, NaiveOffer maker, long lots)
    {
        if (taker.Stp is SelfTradePrevention.CancelMaker or SelfTradePrevention.CancelBoth)
        {
            Open.Remove(maker);
        }

        taker.IsStopped |= taker.Stp is SelfTradePrevention.CancelTaker or SelfTradePrevention.CancelBoth;
        if (taker.Stp == SelfTradePrevention.Decrement)
        {
            maker.Lots -= lots;
            Open.RemoveAll(o => o.Lots == 0);
            taker.IsStopped = taker.Lots == lots;
            taker.Lots -= lots;
        }
    }

    private void Trade(NaiveOffer taker, NaiveOffer maker, long lots, long price)
    {
        Trades.Add((maker.Id, lots, price));
        var (a, b) = (taker.Account, maker.Account);
        switch (taker.Yes, taker.Buys, maker.Yes, maker.Buys)
        {
            case (true, true, true, false): Pass(_yes, b, a, lots, price); break;
            case (true, false, true, true): Pass(_yes, a, b, lots, price); break;
            case (false, true, false, false): Pass(_no, b, a, lots, price); break;
            case (false, false, false, true): Pass(_no, a, b, lots, price); break;
            case (true, true, false, true): Mint(a, b, lots, lots * price, lots * (Payout - price)); break;
            case (false, true, true, true): Mint(b, a, lots, lots * (Payout - price), lots * price); break;
            case (true, false, false, false): Burn(a, b, lots, lots * price, lots * (Payout - price)); break;
            case (false, false, true, false): Burn(b, a, lots, lots * (Payout - price), lots * price); break;
            default: throw new InvalidOperationException("these do not meet");
        }
    }

    private void Pass(long[] shares, int from, int to, long lots, long price)
    {
        shares[from] -= lots;
        shares[to] += lots;
        _money[to] -= lots * price;
        _money[from] += lots * price;
    }

    private void Mint(int yes, int no, long lots, long paidByYes, long paidByNo)
    {
        _yes[yes] += lots;
        _no[no] += lots;
        _money[yes] -= paidByYes;
        _money[no] -= paidByNo;
        Pool += paidByYes + paidByNo;
    }

    private void Burn(int yes, int no, long lots, long paidToYes, long paidToNo)
    {
        _yes[yes] -= lots;
        _no[no] -= lots;
        _money[yes] += paidToYes;
        _money[no] += paidToNo;
        Pool -= paidToYes + paidToNo;
    }
}
