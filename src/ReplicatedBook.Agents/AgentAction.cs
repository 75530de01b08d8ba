namespace ReplicatedBook.Agents;

/// <summary>What an agent tells of itself.</summary>
public enum AgentAction
{
    /// <summary>Never told: guards against a default value.</summary>
    None = 0,

    /// <summary>An order was accepted.</summary>
    Placed = 1,

    /// <summary>An order was taken out of the book by its agent.</summary>
    Canceled = 2,

    /// <summary>Some of an order traded, since it was last looked at.</summary>
    Filled = 3,

    /// <summary>The exchange refused an order; it is not in the book.</summary>
    Refused = 4,

    /// <summary>No node could serve a request, or whether it was served is not known; it is tried again.</summary>
    Waiting = 5,

    /// <summary>There is nothing to do: no price at which the agent may quote.</summary>
    Idle = 6,

    /// <summary>All of a total was submitted.</summary>
    Complete = 7,

    /// <summary>Money was paid in, or was there already.</summary>
    Funded = 8,

    /// <summary>The agent begins.</summary>
    Started = 9,

    /// <summary>The agent has ended.</summary>
    Stopped = 10,
}
