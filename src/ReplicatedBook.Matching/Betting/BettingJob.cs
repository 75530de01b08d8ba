using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Betting;

/// <summary>Work of a market that may take several entries.</summary>
internal struct BettingJob
{
    /// <summary>Value of <see cref="Cursor"/> before the first batch.</summary>
    public const long NotStarted = 0;

    /// <summary>Whose work.</summary>
    public int Market;

    /// <summary>What is to be done.</summary>
    public BettingWork Work;

    /// <summary>Most bets, trades or accounts of one entry.</summary>
    public int BatchSize;

    /// <summary>Last bet or trade that it is about.</summary>
    public long Last;

    /// <summary>Voiding trades: the next one. Canceling bets: <see cref="NotStarted"/>, or anything else once it has
    /// begun; where it is, is a slot that the exchange keeps up. Of no use in other work.</summary>
    public long Cursor;

    /// <summary>Whose bets; 0 for anybody's.</summary>
    public int Account;

    /// <summary>On which runner; -1 for any.</summary>
    public int Runner;

    /// <summary>Created at this time or later.</summary>
    public long From;

    /// <summary>Created at this time or earlier; 0 for any.</summary>
    public long To;
}
