namespace ReplicatedBook.Matching.Encoding;

/// <summary>Which parts a result has.</summary>
/// <remarks>The numbers are in snapshots and on the wire: never renumber one, never use one again.</remarks>
internal enum ResultShape : byte
{
    /// <summary>A reason.</summary>
    Refusal = 0,

    /// <summary>Insufficient funds: needed, available, asset.</summary>
    Shortfall = 1,

    /// <summary>A reason, an order and its fills.</summary>
    Order = 2,

    /// <summary>One result per order.</summary>
    Batch = 3,

    /// <summary>Ids of canceled orders.</summary>
    Canceled = 4,

    /// <summary>An account.</summary>
    Account = 5,

    /// <summary>An asset.</summary>
    Asset = 6,

    /// <summary>An instrument and the ids of canceled orders.</summary>
    Instrument = 7,

    /// <summary>A posting and the balance after it.</summary>
    Ledger = 8,

    /// <summary>An account and when its dead man's switch fires.</summary>
    CancelAfter = 9,

    /// <summary>A prediction market.</summary>
    PredictionMarket = 10,

    /// <summary>A split or merge and the balance after it.</summary>
    Set = 11,

    /// <summary>A reason, a bet and its trades.</summary>
    Bet = 24,

    /// <summary>A betting market and how many bets, trades or accounts the command worked on.</summary>
    BettingMarket = 25,

    /// <summary>A user and the account opened for it.</summary>
    User = 26,

    /// <summary>A session.</summary>
    Session = 27,

    /// <summary>An API key.</summary>
    ApiKey = 28,

    /// <summary>A signing key.</summary>
    SigningKey = 29,

    /// <summary>A transfer and the giver's balance after it.</summary>
    Transfer = 30,

    /// <summary>How many sessions were ended.</summary>
    SessionsEnded = 31,

    /// <summary>A session of orders, and how many orders it had canceled or sessions were renewed.</summary>
    OrderSession = 32,
}
