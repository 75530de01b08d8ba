namespace ReplicatedBook.Simulation.Engine;

/// <summary>What happened, as the trace of a simulation notes it.</summary>
internal enum TraceKind : byte
{
    Turn,
    Deliver,
    Drop,
    Write,
    Written,
    SnapshotSaved,
    Answer,
    ReadAnswer,
    Request,
    Started,
    RecoveryFailed,
    Kill,
    PowerLoss,
    DiskError,
    Pause,
    Resume,
    Fault,
    Membership,
    Heal,
    BecameLeader,
    FaultsEnd,
}
