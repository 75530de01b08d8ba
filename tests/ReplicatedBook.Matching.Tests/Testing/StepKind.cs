namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>What a step does.</summary>
public enum StepKind
{
    Place,
    Cancel,
    CancelAll,
    AmendPrice,
    AmendQuantity,
    AmendBoth,
    Deposit,
    Withdraw,
    Fees,
    Halt,
    Open,
}
