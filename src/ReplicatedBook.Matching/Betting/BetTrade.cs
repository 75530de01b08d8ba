using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Betting;

/// <summary>One trade of two bets.</summary>
internal struct BetTrade
{
    /// <summary>The resting bet.</summary>
    public long MakerBet;

    /// <summary>The one that came.</summary>
    public long TakerBet;

    /// <summary>Stake at the maker's odds.</summary>
    public long Stake;

    /// <summary>Liability of that stake at those odds. Both together are the pot.</summary>
    public long Liability;

    /// <summary>Log index that made it.</summary>
    public long Index;

    /// <summary>When.</summary>
    public long At;

    /// <summary>The maker's trade before it; 0 for none.</summary>
    public long PreviousOfMaker;

    /// <summary>The taker's trade before it; 0 for none.</summary>
    public long PreviousOfTaker;

    /// <summary>The market's trade before it; 0 for none.</summary>
    public long PreviousOfMarket;

    /// <summary>Where.</summary>
    public int Market;

    /// <summary>Whose the resting bet is.</summary>
    public int MakerAccount;

    /// <summary>Whose the other is.</summary>
    public int TakerAccount;

    /// <summary>A hundred times the maker's odds.</summary>
    public int Odds;

    /// <summary>Place of the maker's runner in the market.</summary>
    public byte MakerRunner;

    /// <summary>Place of the taker's runner.</summary>
    public byte TakerRunner;

    /// <summary>For or against.</summary>
    public BetSide MakerSide;

    /// <summary>For or against.</summary>
    public BetSide TakerSide;

    /// <summary>Whether both sides got back what they paid.</summary>
    public bool IsVoided;

    /// <summary>Whether the bets were on different runners.</summary>
    public readonly bool IsImplied => MakerRunner != TakerRunner;

    /// <summary>What the maker paid into the pot.</summary>
    public readonly long MakerPart => MakerSide == BetSide.Back ? Stake : Liability;

    /// <summary>What the taker paid into the pot.</summary>
    public readonly long TakerPart => MakerSide == BetSide.Back ? Liability : Stake;

    /// <summary>Stake that the taker matched, at its own odds.</summary>
    public readonly long TakerStake => IsImplied ? Liability : Stake;

    /// <summary>Liability of that stake.</summary>
    public readonly long TakerLiability => IsImplied ? Stake : Liability;

    /// <summary>Of the trades of one of its bets, the one before it.</summary>
    public readonly long PreviousOf(long bet) => bet == TakerBet ? PreviousOfTaker : PreviousOfMaker;
}
