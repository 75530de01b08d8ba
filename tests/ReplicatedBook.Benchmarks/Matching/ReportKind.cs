namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>What a matcher reports; the numbers are those of the public benchmark (Flash1/README.md).</summary>
internal enum ReportKind : byte
{
    /// <summary>A new order was taken in.</summary>
    Accepted = 0,

    /// <summary>Two orders traded, at the maker's price.</summary>
    Trade = 1,

    /// <summary>An order was canceled, or what was left of one that may not rest.</summary>
    Canceled = 2,

    /// <summary>An order was replaced.</summary>
    Replaced = 3,

    /// <summary>The order to cancel does not rest.</summary>
    CancelRejected = 4,

    /// <summary>The order to replace does not rest.</summary>
    ReplaceRejected = 5,
}
