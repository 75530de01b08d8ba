namespace ReplicatedBook.Agents.Trading;

/// <summary>What an agent knows of an order of its own.</summary>
public enum OwnOrderState
{
    /// <summary>It surely never entered the log.</summary>
    New = 0,

    /// <summary>It was sent, and no answer told what became of it. It is sent again, with its key, until one
    /// does.</summary>
    Doubtful = 1,

    /// <summary>It was in the book when it was last heard of.</summary>
    Open = 2,

    /// <summary>It is in the book no more, or was refused.</summary>
    Gone = 3,
}
