using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>Whether a prediction market has what it owes.</summary>
public static class PredictionMarketSoundness
{
    /// <summary>Before its end: as many shares of each outcome, and a unit locked for each set. While holders are
    /// being paid: at least what the others are still due. After it: neither shares nor collateral.</summary>
    public static bool IsSound(this PredictionMarketView market)
    {
        var pool = (Int128)market.Pool.Units;
        if (market.Status <= PredictionMarketStatus.Closed)
        {
            foreach (var outcome in market.Outcomes)
            {
                if (outcome.Supply != market.OpenInterest)
                {
                    return false;
                }
            }

            return pool == Worth(market, market.OpenInterest.Lots);
        }

        if (!market.IsUnfinished)
        {
            return pool == 0 && market.OpenInterest.Lots == 0;
        }

        var due = (Int128)0;
        foreach (var outcome in market.Outcomes)
        {
            due += Worth(market, outcome.Supply.Lots) * outcome.Payout; // Zero for all where it is voided.
        }

        return pool >= 0 && pool * market.PayoutDenominator >= due;
    }

    /// <summary>Units of the collateral that so many lots of complete sets are worth.</summary>
    private static Int128 Worth(PredictionMarketView market, long lots)
    {
        var units = (Int128)lots;
        for (var scale = market.ShareScale; scale < market.Collateral.Scale; scale++)
        {
            units *= 10;
        }

        return units;
    }
}
