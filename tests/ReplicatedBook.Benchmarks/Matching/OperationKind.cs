namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>What an operation asks for.</summary>
internal enum OperationKind : byte
{
    /// <summary>A limit order, good till canceled.</summary>
    Place,

    /// <summary>A cancel.</summary>
    Cancel,

    /// <summary>A cancel and a new limit order under the same id: the place in the queue is lost.</summary>
    Replace,

    /// <summary>A limit order whose rest is canceled.</summary>
    PlaceImmediate,
}
