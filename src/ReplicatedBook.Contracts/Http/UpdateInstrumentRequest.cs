namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of PATCH /v1/instruments/{symbol}. Both fees are given, so that a repeat of the request means the same
/// whatever happened in between.</summary>
public sealed record UpdateInstrumentRequest
{
    /// <summary>As in <see cref="ListInstrumentRequest"/>.</summary>
    public required int MakerFeeBps { get; init; }

    /// <summary>As in <see cref="ListInstrumentRequest"/>.</summary>
    public required int TakerFeeBps { get; init; }

    /// <summary>As in <see cref="ListInstrumentRequest"/>; absent leaves it, zero removes it.</summary>
    public string? MinNotional { get; init; }

    /// <summary>As in <see cref="ListInstrumentRequest"/>; absent leaves it, zero removes it.</summary>
    public string? MaxQuantity { get; init; }

    /// <summary>As in <see cref="ListInstrumentRequest"/>; absent leaves it, zero removes it.</summary>
    public string? PriceBandPct { get; init; }
}
