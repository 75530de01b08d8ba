using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Betting;

/// <summary>One bet, open or closed: numbers only, in arrays, moved by copying. Amounts are units of the market's
/// currency.</summary>
/// <remarks>Links are slots; -1 ends a list. What matching looks at fills the first cache line.</remarks>
internal struct Bet
{
    private const byte NameMark = 1;
    private const byte SessionMark = 2;

    /// <summary>Its id.</summary>
    public long Id;

    /// <summary>Stake unmatched; what an end left over stays here after it.</summary>
    public long Remaining;

    /// <summary>Stake matched.</summary>
    public long Matched;

    /// <summary>Its owner.</summary>
    public int Account;

    /// <summary>Where.</summary>
    public int Market;

    /// <summary>Slot of the owner's balance of the currency.</summary>
    public int Balance;

    /// <summary>Slot of what the owner has matched on the runner.</summary>
    public int RunnerPosition;

    /// <summary>Behind it at its level.</summary>
    public int Next;

    /// <summary>Before it at its level.</summary>
    public int Previous;

    /// <summary>A hundred times its odds.</summary>
    public int Odds;

    /// <summary>Its key among the levels of its side of the book; the larger is the better.</summary>
    public short Key;

    /// <summary>Place of its odds on the ladder.</summary>
    public short OddsPosition;

    /// <summary>Place of its runner in its market.</summary>
    public byte Runner;

    /// <summary>For or against.</summary>
    public BetSide Side;

    /// <summary>Where it stands.</summary>
    public OrderStatus Status;

    /// <summary>Why it is neither open nor filled.</summary>
    public StatusReason Reason;

    /// <summary>As given.</summary>
    public TimeInForce TimeInForce;

    /// <summary>As given.</summary>
    public Persistence Persistence;

    /// <summary>As given.</summary>
    public SelfTradePrevention SelfTradePrevention;

    private byte _marks;

    /// <summary>The layers' side of what is matched: a back wins it, a lay risks it.</summary>
    public long MatchedLiability;

    /// <summary>Its last trade; 0 before the first. The trades themselves carry the chain on.</summary>
    public long LastTrade;

    /// <summary>Log index of its last change.</summary>
    public long UpdatedIndex;

    /// <summary>When it last changed.</summary>
    public long UpdatedAt;

    /// <summary>The market's next open bet by id.</summary>
    public int NextOfMarket;

    /// <summary>The market's previous open bet by id.</summary>
    public int PreviousOfMarket;

    /// <summary>The account's next open bet by id.</summary>
    public int NextOfAccount;

    /// <summary>The account's previous open bet by id.</summary>
    public int PreviousOfAccount;

    /// <summary>Stake as placed.</summary>
    public long Stake;

    /// <summary>Least stake to match; 0 for all of it.</summary>
    public long MinFill;

    /// <summary>Stake of it whose trades are void.</summary>
    public long Voided;

    /// <summary>When it reaches the book, in microseconds; 0 for one that did not wait.</summary>
    public long DueAt;

    /// <summary>The market's version when it was accepted.</summary>
    public long MarketVersion;

    /// <summary>Log index that accepted it.</summary>
    public long CreatedIndex;

    /// <summary>When it was accepted.</summary>
    public long CreatedAt;

    /// <summary>Whether the array beside holds the client's name for it.</summary>
    public bool HasName
    {
        readonly get => (_marks & NameMark) != 0;
        set => _marks = (byte)(value ? _marks | NameMark : _marks & ~NameMark);
    }

    /// <summary>Whether it is of a session of orders while it is open; means nothing once it is closed.</summary>
    public bool HasSession
    {
        readonly get => (_marks & SessionMark) != 0;
        set => _marks = (byte)(value ? _marks | SessionMark : _marks & ~SessionMark);
    }

    /// <summary>Whether it rests or waits for the delay.</summary>
    public readonly bool IsOpen => Status is OrderStatus.Open or OrderStatus.Pending;

    /// <summary>What it risks by what is unmatched, which is what is reserved for it while it is open.</summary>
    public readonly long Risk => OddsTerms.Risk(Side, Odds, Remaining);
}
