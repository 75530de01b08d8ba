namespace ReplicatedBook.Matching.Markets.Prediction;

/// <summary>An account that has, or had, shares of a market.</summary>
internal struct Holder
{
    /// <summary>The account.</summary>
    public int Account;

    /// <summary>Slot of its position in the outcome with the smallest number.</summary>
    public int FirstPosition;
}
