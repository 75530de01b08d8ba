namespace ReplicatedBook.Node.Gateway;

/// <summary>An outcome's two names, as they stand in the symbol of its instrument and of its shares.</summary>
/// <remarks>No other asset has a colon in its name, and neither have events and outcomes.</remarks>
/// <param name="Market">Id of its market and event.</param>
/// <param name="Outcome">Its id there.</param>
internal sealed record OutcomeSymbol(string Market, string Outcome)
{
    /// <summary>The outcome whose shares an asset is; null for money.</summary>
    public static OutcomeSymbol? OfAsset(string symbol) =>
        symbol.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
            ? new OutcomeSymbol(symbol[..colon], symbol[(colon + 1)..])
            : null;
}
