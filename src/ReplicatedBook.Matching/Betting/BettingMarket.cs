using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Pages;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Betting;

/// <summary>A betting market: what it was created with, where it stands, and its books.</summary>
/// <param name="id">Its number.</param>
/// <param name="given">What it was created with; its runners are those at first.</param>
/// <param name="stakeStep">Stakes are multiples of this.</param>
internal sealed class BettingMarket(int id, CreateBettingMarket given, long stakeStep)
{
    /// <summary>Weight of a runner whose bets are void.</summary>
    public const long VoidWeight = -1;

    private readonly List<BetBook?> _books = [];

    /// <summary>Its number.</summary>
    public int Id => id;

    /// <summary>What it was created with.</summary>
    public readonly CreateBettingMarket Given = given;

    /// <summary>Stakes are multiples of this; less is dust.</summary>
    public long StakeStep => stakeStep;

    /// <summary>Whether the bets on its two runners meet.</summary>
    public bool IsTwoRunner => Given.BookType == BettingBookType.TwoRunner;

    /// <summary>Its runners in order of coming.</summary>
    public List<RunnerName> Runners { get; private set; } = [.. given.Runners];

    /// <summary>Places of the runners that were removed, in the order in which they were.</summary>
    public List<int> Removed { get; private set; } = [];

    /// <summary>Where it stands.</summary>
    public BettingMarketState State { get; set; }

    /// <summary>Before or during the event.</summary>
    public BettingPhase Phase { get; set; }

    /// <summary>Grows with every change of state, phase or runners.</summary>
    public long Version { get; set; } = 1;

    /// <summary>Its events so far; the last one's number.</summary>
    public long LastEvent { get; set; }

    /// <summary>Sum of the pots of all trades that are not void.</summary>
    public long Matched { get; set; }

    /// <summary>What of that is not paid out yet.</summary>
    public long Pot { get; set; }

    /// <summary>What a dead heat left over.</summary>
    public long Dust { get; set; }

    /// <summary>Its last trade; 0 before the first.</summary>
    public long LastTrade { get; set; }

    /// <summary>Its first trade; 0 before it.</summary>
    public long FirstTrade { get; set; }

    /// <summary>Log index that created it.</summary>
    public long CreatedIndex { get; init; }

    /// <summary>When.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Work that is not complete.</summary>
    public int Jobs { get; set; }

    /// <summary>Bets that wait for the delay.</summary>
    public int Pending { get; set; }

    /// <summary>What all weights are parts of; 0 before it is settled.</summary>
    public long Denominator { get; set; }

    /// <summary>Part of a runner's pots that its backers get, by place; or <see cref="VoidWeight"/>.</summary>
    public long[] Weights { get; set; } = [];

    /// <summary>Its open bets in order of id.</summary>
    public OrderChain Open = OrderChain.Empty;

    /// <summary>Its positions in order of coming.</summary>
    public OrderChain Positions = OrderChain.Empty;

    /// <summary>Whether bets are taken and matched.</summary>
    public bool IsTrading => State == BettingMarketState.Open && Phase != BettingPhase.AwaitingLive;

    /// <summary>Place of a runner; -1 when there is none.</summary>
    public int PlaceOf(int runner)
    {
        for (var place = 0; place < Runners.Count; place++)
        {
            if (Runners[place].Id.Value == runner)
            {
                return place;
            }
        }

        return -1;
    }

    /// <summary>Whether the runner of this place was removed.</summary>
    public bool IsRemoved(int runner) => Removed.Count > 0 && Removed.Contains(runner);

    /// <summary>The book that bets on a runner rest in; null when none ever did.</summary>
    public BetBook? BookOrNull(int runner)
    {
        var place = IsTwoRunner ? 0 : runner;
        return place < _books.Count ? _books[place] : null;
    }

    /// <summary>The book that bets on a runner rest in.</summary>
    public BetBook Book(int runner, PagedPool<Bet> bets)
    {
        var place = IsTwoRunner ? 0 : runner;
        while (_books.Count <= place)
        {
            _books.Add(null);
        }

        return _books[place] ??= new BetBook(bets, IsTwoRunner ? ClaimLadder.SharedRanks : ClaimLadder.OwnRanks);
    }

    /// <summary>Gives the memory of its books back; there are no bets in them.</summary>
    public void DropBooks() => _books.Clear();

    /// <summary>Which side of its book a bet is on: whether it buys or sells the claim.</summary>
    public Side SideOf(int runner, BetSide side) =>
        (side == BetSide.Back) == (runner == 0 || !IsTwoRunner) ? Side.Buy : Side.Sell;

    /// <summary>Price of odds on a runner, as a rank in its book.</summary>
    public int RankOf(int runner, int position) =>
        IsTwoRunner ? ClaimLadder.SharedRank(runner, position) : ClaimLadder.OwnRank(position);

    /// <summary>A copy that does not change with it, for a snapshot; its books are not to be used.</summary>
    public BettingMarket Copy()
    {
        var copy = (BettingMarket)MemberwiseClone();
        copy.Runners = [.. Runners];
        copy.Removed = [.. Removed];
        return copy;
    }
}
