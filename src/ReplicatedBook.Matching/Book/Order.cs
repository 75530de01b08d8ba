using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Accounts;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Book;

/// <summary>One order, open or closed, as the exchange keeps it: numbers only, in arrays, moved by copying.</summary>
/// <remarks>Links are slots of the array the order is in; -1 ends a list. Fields stand in order of use: what matching,
/// linking and forgetting look at fills the first 64 bytes, a cache line.</remarks>
internal struct Order
{
    private const byte MirrorMark = 1; // The lowest bit: it turns the side over.
    private const byte OptionsMark = 2;
    private const byte PostOnlyMark = 4;
    private const byte SessionMark = 8;

    /// <summary>Its id.</summary>
    public long Id;

    /// <summary>Limit in ticks; of market and stop orders their protection price, or 0.</summary>
    public long Price;

    /// <summary>Lots left; what an end left over stays here after it.</summary>
    public long Remaining;

    /// <summary>Held for it: quote units for a buy, base units for a sell; 0 once closed.</summary>
    public long Reserved;

    /// <summary>Its owner.</summary>
    public int Account;

    /// <summary>Behind it at its level; among closed orders: closed after it; of the youngest, the oldest.</summary>
    public int Next;

    /// <summary>Before it at its level, nothing of the oldest there; among closed orders: closed before it; of the
    /// oldest, the youngest.</summary>
    public int Previous;

    /// <summary>Slot of its price level while it rests.</summary>
    public int Level;

    /// <summary>The account's next order: by id among the open, by time of closing among the closed.</summary>
    public int NextOfAccount;

    /// <summary>The account's previous open order by id; nothing of the first.</summary>
    public int PreviousOfAccount;

    /// <summary>Its side.</summary>
    public Side Side;

    /// <summary>Its type.</summary>
    public OrderType Type;

    /// <summary>As given.</summary>
    public TimeInForce TimeInForce;

    /// <summary>As given.</summary>
    public SelfTradePrevention SelfTradePrevention;

    /// <summary>Where it stands.</summary>
    public OrderStatus Status;

    /// <summary>Why it is neither open nor filled.</summary>
    public StatusReason Reason;

    /// <summary>Whether the array beside holds a <see cref="ClientReference"/> for it.</summary>
    public bool HasReference;

    private byte _marks;

    /// <summary>Sum of price times lots over its trades; exact.</summary>
    public Int128 FilledValue;

    /// <summary>Sum of price times lots times fee in basis points over its trades; exact, so that slicing gains
    /// nothing.</summary>
    public Int128 FeeValue;

    /// <summary>Lots traded.</summary>
    public long Filled;

    /// <summary>Its last trade; 0 before the first. The trades themselves carry the chain on.</summary>
    public long LastTrade;

    /// <summary>The owner's balances.</summary>
    public BalanceSlots Balances;

    /// <summary>What is traded.</summary>
    public int Instrument;

    /// <summary>Fee as maker, as it was when the order was accepted.</summary>
    public short MakerFeeBps;

    /// <summary>Fee as taker, as it was when the order was accepted.</summary>
    public short TakerFeeBps;

    /// <summary>Log index that accepted it.</summary>
    public long CreatedIndex;

    /// <summary>When it was accepted.</summary>
    public long CreatedAt;

    /// <summary>Log index of its last change.</summary>
    public long UpdatedIndex;

    /// <summary>When it last changed.</summary>
    public long UpdatedAt;

    /// <summary>As given.</summary>
    public bool IsPostOnly
    {
        readonly get => (_marks & PostOnlyMark) != 0;
        set => _marks = (byte)(value ? _marks | PostOnlyMark : _marks & ~PostOnlyMark);
    }

    /// <summary>Whether the array beside holds <see cref="OrderOptions"/> for it.</summary>
    public bool HasOptions
    {
        readonly get => (_marks & OptionsMark) != 0;
        set => _marks = (byte)(value ? _marks | OptionsMark : _marks & ~OptionsMark);
    }

    /// <summary>Whether it is of a session while it is open; means nothing once it is closed.</summary>
    public bool HasSession
    {
        readonly get => (_marks & SessionMark) != 0;
        set => _marks = (byte)(value ? _marks | SessionMark : _marks & ~SessionMark);
    }

    /// <summary>Whether it trades the second of two outcomes: side and prices are in that one's terms, but it stands in
    /// the book of the first, on the other side.</summary>
    public bool IsMirrored
    {
        readonly get => (_marks & MirrorMark) != 0;
        set => _marks = (byte)(value ? _marks | MirrorMark : _marks & ~MirrorMark);
    }

    /// <summary>Says all four at once, in one write: one by one, each would wait for the one before.</summary>
    public void Mark(bool isPostOnly, bool hasOptions, bool hasSession, bool isMirrored) => _marks = (byte)(
        (isPostOnly ? PostOnlyMark : 0) | (hasOptions ? OptionsMark : 0) | (hasSession ? SessionMark : 0)
        | (isMirrored ? MirrorMark : 0));

    /// <summary>Slot of the balance that it gives from.</summary>
    public readonly int GivenBalance
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Balances.GivenBy(Side);
    }

    /// <summary>Slot of the balance that gets what it trades for.</summary>
    public readonly int GottenBalance
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Balances.GottenBy(Side);
    }

    /// <summary>The side of the book it stands on.</summary>
    public readonly Side BookSide => (Side)((byte)Side ^ (_marks & MirrorMark));

    /// <summary>Whether it takes any price, but for its protection price, and never rests.</summary>
    public readonly bool IsMarket => Type is OrderType.Market or OrderType.Stop;

    /// <summary>Whether it still may trade: it rests, or waits for a trade.</summary>
    public readonly bool IsOpen => Status is OrderStatus.Open or OrderStatus.Pending;

    /// <summary>Whether it rests with what does not match at once.</summary>
    public readonly bool MayRest =>
        !IsMarket && TimeInForce is TimeInForce.GoodTilCanceled or TimeInForce.GoodTilDate;

    /// <summary>Whether it pays no fee and gets no rebate, whichever side of a trade it is.</summary>
    public readonly bool IsFree => (MakerFeeBps, TakerFeeBps) == (0, 0);

    /// <summary>Total lots, what is filled included.</summary>
    public readonly long Quantity => Filled + Remaining;

    /// <summary>The fee its reservation must cover: it may become maker or taker, and a rebate is not counted
    /// on.</summary>
    public readonly int MaxFeeBps => Math.Max(0, Math.Max((int)MakerFeeBps, TakerFeeBps));
}
