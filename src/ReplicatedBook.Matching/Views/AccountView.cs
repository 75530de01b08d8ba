using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>An account as readers see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="User">Its owner.</param>
/// <param name="Label">For people; may be empty.</param>
/// <param name="CreatedIndex">Log index that opened it.</param>
/// <param name="CreatedAt">When.</param>
public sealed record AccountView(
    AccountId Id,
    UserId User,
    string Label,
    long CreatedIndex,
    Timestamp CreatedAt)
{
    /// <summary>When its dead man's switch fires; null when it is off.</summary>
    public Timestamp? CancelAfterAt { get; init; }
}
