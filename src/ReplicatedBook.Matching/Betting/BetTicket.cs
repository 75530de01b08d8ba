using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Betting;

/// <summary>A <see cref="Commands.PlaceBet"/> as it is worked on: fields that are filled where they stand.</summary>
internal struct BetTicket
{
    /// <summary>Who bets; 0 for the only account there is.</summary>
    public long Account;

    /// <summary>The backer's stake.</summary>
    public long Stake;

    /// <summary>Least stake to match; 0 for all of it.</summary>
    public long MinFill;

    /// <summary>Refused unless it is the market's version; 0 for any.</summary>
    public long MarketVersion;

    /// <summary>The session of orders it is placed in; 0 for none.</summary>
    public long Session;

    /// <summary>Where.</summary>
    public int Market;

    /// <summary>For or against whom.</summary>
    public int Runner;

    /// <summary>A hundred times the odds.</summary>
    public int Odds;

    /// <summary>For or against.</summary>
    public BetSide Side;

    /// <summary>What becomes of what does not match at once.</summary>
    public TimeInForce TimeInForce;

    /// <summary>What becomes of what is unmatched when the market goes in play.</summary>
    public Persistence Persistence;

    /// <summary>Against the account's own bets.</summary>
    public SelfTradePrevention SelfTradePrevention;

    /// <summary>May be empty.</summary>
    public ClientOrderId ClientOrderId;
}
