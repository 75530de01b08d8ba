namespace ReplicatedBook.Simulation.Histories;

/// <summary>What may be asked of an account that only counts.</summary>
internal enum CounterVerb
{
    /// <summary>Never set: guards against a default value.</summary>
    None = 0,

    /// <summary>Adds the amount.</summary>
    Deposit = 1,

    /// <summary>Takes the amount away, or is refused when there is not so much.</summary>
    Withdraw = 2,

    /// <summary>Tells the balance.</summary>
    Read = 3,
}
