namespace ReplicatedBook.Cluster.Tests.Chaos.Load;

/// <summary>What clients ask for.</summary>
internal enum Ask
{
    /// <summary>Never set: guards against a default value.</summary>
    None = 0,

    /// <summary>Puts an amount that is used once into a counting account.</summary>
    Deposit = 1,

    /// <summary>Takes such an amount out.</summary>
    Withdraw = 2,

    /// <summary>Reads the balance of a counting account.</summary>
    ReadBalance = 3,

    /// <summary>Places an order, that nothing can match with, under an id that others use too.</summary>
    PlaceResting = 4,

    /// <summary>Cancels under such an id.</summary>
    CancelResting = 5,

    /// <summary>Reads the order under such an id.</summary>
    ReadResting = 6,

    /// <summary>Places an order that may match, under an id of its own.</summary>
    PlaceTrading = 7,

    /// <summary>Cancels such an order.</summary>
    CancelTrading = 8,
}
