namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>What a step does.</summary>
public enum StepKind
{
    Place,
    Batch,
    AtomicBatch,
    Cancel,
    CancelAll,
    AmendPrice,
    AmendQuantity,
    AmendBoth,
    Deposit,
    Withdraw,
    Fees,
    Rules,
    Halt,
    HaltAndCancel,
    Open,
    Switch,
    Wait,
}
