namespace ReplicatedBook.Matching.Betting;

/// <summary>That an account has bet in a market.</summary>
internal struct Position
{
    /// <summary>Whose.</summary>
    public int Account;

    /// <summary>Where.</summary>
    public int Market;

    /// <summary>Slot of its balance of the market's currency.</summary>
    public int Balance;

    /// <summary>Slot of what it has on the runner it bet on first.</summary>
    public int FirstRunner;

    /// <summary>The market's next position in order of coming; -1 at the end.</summary>
    public int Next;
}
