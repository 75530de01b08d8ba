namespace ReplicatedBook.Contracts.Http;

/// <summary>Answer to a mass cancel.</summary>
/// <param name="Canceled">How many.</param>
/// <param name="OrderIds">Which, in order of id.</param>
/// <param name="Receipt">Where it stands in the log.</param>
public sealed record MassCancelResponse(int Canceled, IReadOnlyList<string> OrderIds, Receipt? Receipt);
