namespace ReplicatedBook.Agents.Trading;

/// <summary>What is known of an order after it was sent.</summary>
public enum Decision
{
    /// <summary>Nothing, or that no node took it; the same order may be sent again and is executed once.</summary>
    Undecided = 0,

    /// <summary>The exchange has it.</summary>
    Accepted = 1,

    /// <summary>The exchange refused it for good.</summary>
    Refused = 2,
}
