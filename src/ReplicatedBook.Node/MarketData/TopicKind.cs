namespace ReplicatedBook.Node.MarketData;

/// <summary>What can be followed.</summary>
internal enum TopicKind
{
    /// <summary>A book with all its orders, by the instrument whose book it is.</summary>
    Book,

    /// <summary>Its trades, likewise.</summary>
    Trades,

    /// <summary>Whether anything happens in it, likewise.</summary>
    Activity,

    /// <summary>What concerns an account.</summary>
    Account,

    /// <summary>What concerns the accounts of a user, those to come included.</summary>
    User,

    /// <summary>What happens to a prediction market.</summary>
    PredictionMarket,

    /// <summary>What happens to a betting market.</summary>
    BettingMarket,

    /// <summary>The books of a betting market.</summary>
    BettingActivity,
}
