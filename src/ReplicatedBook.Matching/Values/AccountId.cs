namespace ReplicatedBook.Matching.Values;

/// <summary>Names an account, from 1 in order of creation; 0 stands for "the only account there is". Given out by the
/// state machine, so equal on every node.</summary>
/// <param name="Value">The number.</param>
public readonly record struct AccountId(long Value) : IComparable<AccountId>
{
    /// <summary>Order of the numbers.</summary>
    public int CompareTo(AccountId other) => Value.CompareTo(other.Value);
}
