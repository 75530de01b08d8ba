using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Markets.Prediction;

/// <summary>An order of the naive market, as its owner gave it.</summary>
internal sealed record NaiveOffer(int Account, bool Yes, bool Buys, bool PostOnly, SelfTradePrevention Stp)
{
    public long Id { get; set; }

    public long Price { get; set; }

    public long Lots { get; set; }

    public long Filled { get; set; }

    public long Arrival { get; set; }

    public bool IsStopped { get; set; }
}
