namespace ReplicatedBook.Cluster.Tests.Chaos.Judging;

/// <summary>The market once more, in log order, by a book too simple to be wrong: price first, then time.</summary>
internal sealed class BookReplay
{
    private readonly List<Resting> _orders = [];

    /// <summary>Puts in an order that rested before the replay begins; in order of time within a price.</summary>
    public void Rest(string order, string side, long price, long lots) =>
        _orders.Add(new Resting(order, side == "buy", price) { Lots = lots });

    /// <summary>Replays; adds what is otherwise than it should be.</summary>
    /// <returns>How many trades were replayed.</returns>
    public int Judge(IReadOnlyList<MarketFact> facts, Violations violations)
    {
        var (expected, trades) = (new Queue<MarketFact>(), 0);
        foreach (var fact in facts)
        {
            if (fact.Kind == MarketEvent.Traded)
            {
                trades++;
                var isRight = expected.TryDequeue(out var trade) && trade == fact;
                violations.Require(isRight, "model_replay", () => $"{fact} instead of {trade}");
                continue;
            }

            violations.Require(expected.Count == 0, "model_replay", () => $"no trade {expected.Peek()}");
            expected.Clear();
            if (fact.Kind == MarketEvent.Accepted)
            {
                Match(fact, expected);
            }
            else
            {
                violations.Require(
                    _orders.RemoveAll(order => order.Id == fact.Order) == 1, "model_replay",
                    () => $"canceled but not in the book: {fact}");
            }
        }

        violations.Require(expected.Count == 0, "model_replay", () => $"no trade {expected.Peek()}");
        return trades;
    }

    private void Match(MarketFact aggressor, Queue<MarketFact> trades)
    {
        var (isBuy, left) = (aggressor.Side == "buy", aggressor.Lots);
        while (left > 0 && BestAgainst(isBuy, aggressor.Price) is { } maker)
        {
            var lots = Math.Min(left, maker.Lots);
            trades.Enqueue(aggressor with
            {
                Kind = MarketEvent.Traded,
                Maker = maker.Id,
                Price = maker.Price,
                Lots = lots,
            });
            left -= lots;
            maker.Lots -= lots;
            if (maker.Lots == 0)
            {
                _orders.Remove(maker);
            }
        }

        if (left > 0)
        {
            Rest(aggressor.Order, aggressor.Side, aggressor.Price, left);
        }
    }

    private Resting? BestAgainst(bool isBuy, long limit)
    {
        Resting? best = null;
        foreach (var order in _orders) // In order of time, so a later one must be better to be taken.
        {
            var fits = order.IsBuy != isBuy && (isBuy ? order.Price <= limit : order.Price >= limit);
            if (fits && (best is null || (isBuy ? order.Price < best.Price : order.Price > best.Price)))
            {
                best = order;
            }
        }

        return best;
    }

    private sealed record Resting(string Id, bool IsBuy, long Price)
    {
        public long Lots { get; set; }
    }
}
