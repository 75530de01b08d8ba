namespace ReplicatedBook.Matching.Markets.Prediction;

/// <summary>How far the end of a market has come. Each stage goes on over as many entries as it takes.</summary>
/// <remarks>The numbers are in snapshots: never renumber one, never use one again.</remarks>
internal enum SettlingStage : byte
{
    /// <summary>Nothing is left to do.</summary>
    None = 0,

    /// <summary>Orders are cancelled.</summary>
    Cancel = 1,

    /// <summary>Complete sets are repaid, holder by holder; when it was voided or deleted.</summary>
    Merge = 2,

    /// <summary>Shares are paid, holder by holder.</summary>
    Pay = 3,
}
